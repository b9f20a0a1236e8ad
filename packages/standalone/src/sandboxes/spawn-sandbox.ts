import { join } from 'node:path';
import { z } from 'zod';
import { checkoutDir, type Environment } from '../config.ts';
import { spawnProgram, type Program } from '../programs/spawn-program.ts';

export interface SandboxProgram extends Program {
  url: string;
  /** PEM: whoever asks the sandbox trusts this and nothing else. */
  certificate: string;
  /** The same for Chromium. */
  spki: string;
}

interface SandboxOptions {
  environment: Environment;
  onLine: (line: string) => void;
  signal?: AbortSignal;
}

const listening = z.object({ msg: z.literal('sandbox.listening'), url: z.string(), certificate: z.string(), spki: z.string() });

/** Runs the sandbox and resolves when it says that it listens. */
export const spawnSandbox = async ({ environment, onLine, signal }: SandboxOptions): Promise<SandboxProgram> => {
  let said: z.output<typeof listening> | undefined;
  const program = await spawnProgram({
    name: 'The sandbox',
    script: join(checkoutDir, 'packages', 'sandbox', 'src', 'main.ts'),
    environment,
    onLine: (line) => {
      onLine(line);
      if (said === undefined && line.includes('sandbox.listening')) said = listening.safeParse(JSON.parse(line)).data;
    },
    isReady: () => (said === undefined ? undefined : true),
    readyWhen: 'the sandbox to listen',
    ...(signal === undefined ? {} : { signal }),
  });
  if (said === undefined) throw new Error('the sandbox is ready without having said where');
  return { ...program, url: said.url, certificate: said.certificate, spki: said.spki };
};
