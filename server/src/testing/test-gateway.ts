import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stoppedClock } from '@waxos/process/clock';
import { openLog } from '@waxos/process/log';
import type { Part } from '@waxos/process/lifecycle';
import { openTestDatabase, type TestDatabase } from '@waxos/standalone/testing/database';
import { readConfig } from '../config.ts';
import { openContext } from '../context.ts';
import type { Services } from '../services.ts';
import { openPostBox, type PostBox } from './post-box.ts';
import { openCaller, PUBLIC_ORIGIN, type Call } from './call.ts';

/** A whole gateway in this process: its own database, real HTTP on loopback, real mail, and a clock that the test moves. */
export interface TestGateway {
  url: string;
  call: Call;
  services: Services;
  database: TestDatabase;
  postBox: PostBox;
  /** Folder of the object store. */
  objects: string;
  clock: ReturnType<typeof stoppedClock>;
  close: () => Promise<void>;
}

export const openTestGateway = async (env: Record<string, string> = {}): Promise<TestGateway> => {
  const database = await openTestDatabase();
  const postBox = await openPostBox();
  const objects = await mkdtemp(join(tmpdir(), 'waxos-objects-'));
  const clock = stoppedClock(new Date('2026-01-05T09:00:00Z'));
  const parts: Part[] = [];
  const { config, secrets } = readConfig({
    DATABASE_APP_URL: database.appUrl,
    DATABASE_SYSTEM_URL: database.systemUrl,
    DATABASE_POOL_SIZE: '6',
    SECRET_KEY: randomBytes(32).toString('base64'),
    PUBLIC_URL: PUBLIC_ORIGIN,
    // One connection for all letters: the mail server of the tests lets each new one wait for 100 ms.
    SMTP_URL: `${postBox.url}?pool=true`,
    SERVE_WEB: 'false',
    LOG_LEVEL: 'error',
    OBJECT_STORE_DIR: objects,
    RATE_LIMIT_SCALE: '1000',
    ...env,
  });
  const { app, services } = await openContext({
    config,
    secrets,
    log: openLog({ name: 'test', level: config.LOG_LEVEL }),
    lifecycle: { opened: (part) => void parts.push(part), isDraining: () => false },
    version: 'test',
    clock,
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    url,
    call: openCaller(url),
    services,
    database,
    postBox,
    objects,
    clock,
    close: async () => {
      for (const part of parts.toReversed()) await part.close();
      await postBox.close();
      await database.close();
      await rm(objects, { recursive: true, force: true });
    },
  };
};
