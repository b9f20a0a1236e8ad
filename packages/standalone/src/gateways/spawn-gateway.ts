import { join } from 'node:path';
import { checkoutDir, type Environment } from '../config.ts';
import { spawnProgram, type Program } from '../programs/spawn-program.ts';

export interface Gateway extends Program {
  url: string;
}

export interface GatewayOptions {
  url: string;
  environment: Environment;
  onLine: (line: string) => void;
  /** Options for Node itself, such as `--watch`. */
  nodeArgs?: readonly string[];
  signal?: AbortSignal;
}

/** Runs the gateway and resolves when it answers. */
export const spawnGateway = async ({ url, ...options }: GatewayOptions): Promise<Gateway> => {
  const program = await spawnProgram({ ...options, name: 'The gateway', script: join(checkoutDir, 'server', 'src', 'main.ts'), isReady: () => isReady(url), readyWhen: `the gateway to answer at ${url}` });
  return { ...program, url };
};

const isReady = async (url: string): Promise<true | undefined> => {
  try {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2000) });
    await answer.body?.cancel();
    return answer.ok ? true : undefined;
  } catch {
    // Nothing listens yet.
    return undefined;
  }
};
