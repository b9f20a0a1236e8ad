import { resolve } from 'node:path';
import { envProblem, EnvError, flagVariable, portVariable, readEnv, textVariable, type EnvSpec } from '@waxos/process/env';
import { z } from 'zod';

const megabytes = z.string().regex(/^[1-9]\d{0,6}$/, 'must be a number of megabytes').transform(Number);

/** Every variable of the sandbox. `.env.example` is generated from here. */
export const sandboxEnv = {
  SANDBOX_HOST: { schema: textVariable.default('127.0.0.1'), about: 'Address the sandbox listens on. Loopback unless told otherwise, for whoever reaches it can pretend to be a phone.', example: '0.0.0.0' },
  SANDBOX_PORT: { schema: portVariable.default(3443), about: 'Port of the sandbox; 0 takes any that is free. `npm start` chooses one.', example: '3443' },
  SANDBOX_DATA_DIR: { schema: textVariable.optional(), about: 'Folder of what the sandbox keeps. Without it everything is gone when it stops. `npm start` sets it.', example: '/var/lib/waxos/sandbox' },
  SANDBOX_CONTROL_TOKEN: {
    schema: z.string().min(16, 'must have at least 16 characters').optional(),
    about: "Opens the sandbox's control API and every phone of it. Required where SANDBOX_HOST is not loopback. `npm start` makes one up.",
    example: 'a-long-random-text',
    secret: true,
  },
  SANDBOX_OPEN_PHONES: { schema: flagVariable.default(false), about: 'true lets whoever reaches the sandbox hold the phones of its network `default`, to try it alone.', example: 'true' },
  SANDBOX_PAGE_WEIGHT: { schema: z.enum(['light', 'heavy'], 'must be light or heavy').default('light'), about: "heavy makes each device's page as large as WhatsApp's own, for honest measurements.", example: 'heavy' },
  SANDBOX_LEDGER_MB_MAX: {
    schema: megabytes.default(128),
    about: 'How much each workspace may keep in the sandbox besides media; a megabyte is about 2000 messages, and 4 of memory. All together keep three times as much at most.',
    example: '128',
  },
  SANDBOX_MEDIA_MB_MAX: {
    schema: megabytes.optional(),
    about: 'How much media each workspace may keep in the sandbox: 2000 on a disk and 200 in memory, unless set. All together keep three times as much at most.',
    example: '2000',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level such as info').default('info'),
    about: 'How much the log says.',
    example: 'info',
  },
} as const satisfies EnvSpec;

const read = (source: Record<string, string | undefined>) => readEnv(sandboxEnv, source);
type Read = ReturnType<typeof read>;

export const readConfig = (source: Record<string, string | undefined> = process.env): { config: Read['settings']; secrets: Read['secrets'] } => {
  const { settings, secrets } = read(source);
  if (!isLoopback(settings.SANDBOX_HOST) && secrets.SANDBOX_CONTROL_TOKEN === undefined) {
    throw new EnvError([envProblem(sandboxEnv, 'SANDBOX_CONTROL_TOKEN', `is missing, and SANDBOX_HOST ${settings.SANDBOX_HOST} is open to other machines`)]);
  }
  const { SANDBOX_DATA_DIR: dataDir } = settings;
  return { config: { ...settings, SANDBOX_DATA_DIR: dataDir === undefined ? undefined : resolve(dataDir) }, secrets };
};

export const isLoopback = (host: string): boolean => host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
