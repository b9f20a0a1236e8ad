import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitFor } from '@waxos/process/poll';
import { endWithUs } from '@waxos/standalone/testing/end-with-us';

/** The gateway as a process of its own, started as an operator starts it, with this environment and no other. */
export interface GatewayProcess {
  /** Everything it printed so far. */
  printed: () => string;
  isUp: () => Promise<void>;
  signal: (name: NodeJS.Signals) => void;
  /** Its exit code; null where a signal ended it. */
  ended: Promise<number | null>;
}

const main = new URL('../main.ts', import.meta.url).pathname;

export const runGateway = (env: Record<string, string>): GatewayProcess => {
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithUs(child);
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  return {
    printed: () => printed,
    isUp: async () => {
      await waitFor(() => (printed.includes('gateway listens') ? true : undefined), { timeoutMs: 20_000, what: `the gateway to listen; it printed: ${printed}` });
    },
    signal: (name) => void child.kill(name),
    ended: once(child, 'close').then(([code]: (number | null)[]) => code ?? null),
  };
};
