import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareEnvironment, checkoutDir } from '../config.ts';
import { readMailedTokens } from '../demos/read-mailed-token.ts';
import { openPageCaller, type PageCaller } from '../demos/page-caller.ts';
import { spawnGateway } from '../gateways/spawn-gateway.ts';
import { choosePort, urlOf } from '../start/choose-port.ts';
import { openTestDatabase, type TestDatabase } from './database.ts';

/** A real gateway in a process of its own, with the built page and a database of its own. */
export interface TestSystem {
  /** Where a browser goes; the only origin that the gateway takes for its own page. */
  url: string;
  database: TestDatabase;
  /** Calls procedures as the page does, each with a cookie jar of its own. */
  openCaller: () => PageCaller;
  /** The token of the newest link of that kind which was mailed to that address. */
  findMailedToken: (email: string, page?: 'invitation' | 'reset-password') => Promise<string>;
  /** Everything the gateway has said. */
  logLines: readonly string[];
  stop: () => Promise<void>;
}

interface TestSystemOptions {
  /** Variables on top of the usual ones. */
  environment?: Record<string, string>;
}

export const startSystem = async ({ environment = {} }: TestSystemOptions = {}): Promise<TestSystem> => {
  const database = await openTestDatabase();
  const dataDir = await mkdtemp(join(tmpdir(), 'waxos-system-'));
  const stopping = new AbortController();
  const logLines: string[] = [];
  const mails = readMailedTokens(stopping.signal);
  const closeRest = async () => {
    stopping.abort();
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const port = await choosePort({ host: '127.0.0.1', port: 0 });
    const url = urlOf({ host: '127.0.0.1', port });
    const gateway = await spawnGateway({
      url,
      environment: { ...bareEnvironment(), ...gatewayVariables({ database, dataDir, port, url }), ...environment },
      onLine: (line) => {
        logLines.push(line);
        mails.read(line);
      },
    });
    const stop = async () => {
      await gateway.stop();
      await closeRest();
    };
    return { url, database, openCaller: () => openPageCaller(url, url), findMailedToken: mails.find, logLines, stop };
  } catch (error) {
    await closeRest();
    throw new Error(`the gateway does not start:\n${logLines.join('\n')}`, { cause: error });
  }
};

interface Given {
  database: TestDatabase;
  dataDir: string;
  port: number;
  url: string;
}

const gatewayVariables = ({ database, dataDir, port, url }: Given): Record<string, string> => ({
  HOST: '127.0.0.1',
  PORT: String(port),
  PUBLIC_URL: url,
  DATA_DIR: dataDir,
  OBJECT_STORE_DIR: join(dataDir, 'objects'),
  DATABASE_APP_URL: database.appUrl,
  DATABASE_SYSTEM_URL: database.systemUrl,
  SECRET_KEY: randomBytes(32).toString('base64'),
  WEB_DIR: join(checkoutDir, 'web', 'dist'),
  // A test signs in more often in a minute than a person does; what the limits do is the server's own tests' matter.
  RATE_LIMIT_SCALE: '1000',
});
