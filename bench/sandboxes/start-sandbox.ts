import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** A sandbox in a process of its own, with everything in memory. */
export interface RunningSandbox {
  url: string;
  port: number;
  spki: string;
  certificate: string;
  token: string;
  pid: number;
  stop: () => Promise<void>;
}

const program = fileURLToPath(new URL('../../packages/sandbox/src/main.ts', import.meta.url));

export const startSandbox = async (): Promise<RunningSandbox> => {
  const token = randomBytes(24).toString('hex');
  const child = spawn(process.execPath, [program], { env: { SANDBOX_PORT: '0', SANDBOX_CONTROL_TOKEN: token, SANDBOX_LEDGER_MB_MAX: '2000' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  for await (const line of createInterface({ input: child.stdout })) {
    const { msg, url, port, spki, certificate } = JSON.parse(line) as Pick<RunningSandbox, 'url' | 'port' | 'spki' | 'certificate'> & { msg: string };
    if (msg !== 'sandbox.listening') continue;
    child.stdout.resume();
    return {
      url,
      port,
      spki,
      certificate,
      token,
      pid: child.pid ?? 0,
      stop: async () => {
        child.kill('SIGTERM');
        await ended;
      },
    };
  }
  throw new Error('the sandbox ended before it listened');
};
