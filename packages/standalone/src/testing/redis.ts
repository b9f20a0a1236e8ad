import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { waitFor } from '@waxos/process/poll';
import { bareEnvironment, readTestConfig } from '../config.ts';
import { choosePort } from '../start/choose-port.ts';

export interface TestRedis {
  url: string;
  stop: () => Promise<void>;
}

/** What a skipped test gives as its reason: `skip(noRedis)`. */
export const noRedis = 'there is no Redis: install redis-server or valkey-server, or set REDIS_URL';

/** Redis for tests: the one of REDIS_URL, else one of the machine's own programs on a free port, else none. */
export const openTestRedis = async (): Promise<TestRedis | undefined> => {
  const { redisUrl: url } = readTestConfig();
  if (url !== undefined) return { url, stop: async () => undefined };
  const program = findProgram();
  return program === undefined ? undefined : startRedis(program);
};

const findProgram = (): string | undefined =>
  (bareEnvironment().PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => ['redis-server', 'valkey-server'].map((name) => join(folder, name)))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        // Not there, or not for us.
        return false;
      }
    });

const startRedis = async (program: string): Promise<TestRedis> => {
  const dir = await mkdtemp(join(tmpdir(), 'waxos-redis-'));
  const port = await choosePort({ host: '127.0.0.1', port: 0 });
  const server = spawn(program, ['--bind', '127.0.0.1', '--port', String(port), '--dir', dir, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
  const gone = new Promise<void>((resolve) => {
    server.once('error', () => resolve());
    server.once('exit', () => resolve());
  });
  const stop = async () => {
    server.kill('SIGTERM');
    await gone;
    await rm(dir, { recursive: true, force: true });
  };
  try {
    await waitFor(() => answers(port), { timeoutMs: 10_000, what: `${program} to answer` });
    return { url: `redis://127.0.0.1:${port}`, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

const answers = (port: number): Promise<true | undefined> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(undefined));
  });
