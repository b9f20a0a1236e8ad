import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { envProblem, EnvError, flagVariable, portVariable, readEnv, textVariable, urlVariable, type EnvSpec } from '@waxos/process/env';
import { z } from 'zod';

const folderVariable = textVariable.transform((path) => resolve(path));

/** Every variable of a session node. `.env.example` is generated from here. */
export const nodeEnv = {
  NODE_NAME: {
    schema: z.string('is missing').regex(/^[a-z0-9]([a-z0-9.-]{0,61}[a-z0-9])?$/, 'must be lower-case letters, digits, dots and dashes'),
    about: 'What the gateway calls this node; it stays the same over restarts, and no other node has it.',
    example: 'node-1',
  },
  GATEWAY_URL: { schema: urlVariable('http:', 'https:'), about: 'The gateway that the node connects to. Nothing connects to the node.', example: 'https://inbox.example.com' },
  NODE_TOKEN: { schema: z.string('is missing').min(16, 'must have at least 16 characters'), about: "The node's own, made by the gateway. The browsers never see it.", example: 'a-long-random-text', secret: true },
  PROFILES_DIR: { schema: folderVariable, about: 'Folder of the profiles. Whoever reads it owns the linked accounts. Shared by all nodes, unless PROFILE_SNAPSHOTS_DIR is.', example: '/var/lib/waxos/profiles' },
  PROFILE_SNAPSHOTS_DIR: {
    schema: folderVariable.optional(),
    about: "Folder, shared by all nodes, of sealed snapshots of the profiles; PROFILES_DIR is the node's own then. Without it the profiles themselves are shared, and their snapshots lie beside them.",
    example: '/mnt/shared/profiles',
  },
  PROFILE_KEY: {
    schema: z
      .string()
      .regex(/^[A-Za-z0-9+/]{43}=$/, 'must be 32 bytes in base64, as `openssl rand -base64 32` makes them')
      .optional(),
    about: 'Seals the snapshots in PROFILE_SNAPSHOTS_DIR, which needs it; the same on all nodes. Who loses it loses the links of devices whose node is gone.',
    example: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    secret: true,
  },
  PROFILE_SNAPSHOT_MINUTES: { schema: z.string().regex(/^[1-9]\d{0,4}$/, 'must be a number of minutes').transform(Number).default(60), about: 'How old the newest snapshot of a profile in use becomes before another is made, at a quiet moment.', example: '30' },
  PROFILE_SNAPSHOTS_MAX: { schema: z.string().regex(/^[1-9]\d?$/, 'must be a number from 1 to 99').transform(Number).default(3), about: 'How many snapshots of a profile are kept.', example: '5' },
  PROFILE_SNAPSHOT_DAYS_MAX: { schema: z.string().regex(/^[1-9]\d{0,3}$/, 'must be a number of days').transform(Number).default(14), about: 'How long a snapshot is kept, but for the newest.', example: '7' },
  NODE_DATA_DIR: { schema: folderVariable, about: 'Folder of what the node must keep besides: events that the gateway does not have yet, and how far each device was read.', example: '/var/lib/waxos/node' },
  MEMORY_BUDGET_MB: {
    schema: z.string().regex(/^[1-9]\d{1,7}$/, 'must be a number of megabytes').transform(Number).optional(),
    about: 'Memory that sessions may take together, measured. 70 % of the machine, or of the container, unless set.',
    example: '8000',
  },
  CHROMIUM_PATH: { schema: textVariable.optional(), about: 'Full Chromium or Chrome.', example: '/usr/bin/chromium' },
  HEADLESS_SHELL_PATH: { schema: textVariable.optional(), about: "Chromium's headless shell, which takes half the memory. One of the two is needed; where one is missing the other stands in.", example: '/usr/bin/chromium-headless-shell' },
  HEADLESS_SHELL_LIBRARIES: { schema: textVariable.optional(), about: 'Folder of shared libraries that the headless shell needs and the machine has not. `npm start` sets it where it must.', example: '/var/lib/waxos/shell/lib' },
  HEADLESS_SHELL_FONTS: { schema: textVariable.optional(), about: 'Configuration of fonts of the headless shell. `npm start` sets it where it must.', example: '/var/lib/waxos/shell/fonts.conf' },
  SANDBOX_URL: { schema: urlVariable('https:').optional(), about: 'Where the pretend WhatsApp listens, on this machine; without it there are real devices only.', example: 'https://127.0.0.1:3443' },
  SANDBOX_SPKI: { schema: z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'must be a SHA-256 in base64').optional(), about: "Hash of the sandbox's key, the only one that a browser of a sandbox device trusts. `npm start` sets it.", example: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' },
  WARM_BROWSERS: { schema: z.string().regex(/^\d{1,2}$/, 'must be a number from 0 to 99').transform(Number).default(1), about: 'Browsers kept ready for new devices, so that a QR is there at once. They give way when memory is short.', example: '2' },
  WARM_PAGES: {
    schema: flagVariable.default(true),
    about: "Whether a browser that is kept ready has WhatsApp's page loaded too, which is most of the wait for a QR. Not before the first real device is opened. Such a page rests once its QRs are used up, and is loaded anew every six hours.",
    example: 'false',
  },
  BROWSER_UID: {
    schema: z
      .string()
      .regex(/^[1-9]\d{0,9}(:[1-9]\d{0,9})?$/, 'must be a number above 0, or two with a colon between')
      .transform((text) => {
        const [uid = 0, gid = uid] = text.split(':').map(Number);
        return { uid, gid };
      })
      .optional(),
    about: 'User, and group, that the browsers run as where the node is root. Without it a root node opens sandbox devices only.',
    example: '1001:1001',
  },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a level such as info').default('info'),
    about: 'How much the log says.',
    example: 'info',
  },
  METRICS_PORT: { schema: portVariable.optional(), about: 'Port of its own for /metrics, on loopback. Without it there are no metrics.', example: '9465' },
} as const satisfies EnvSpec;

const read = (source: Record<string, string | undefined>) => readEnv(nodeEnv, source);
type Read = ReturnType<typeof read>;

export interface Executable {
  executablePath: string;
  /** All that it sees of the environment. */
  env: Readonly<Record<string, string>>;
}

type Settings = Read['settings'];
/** `sandboxArguments` lead a browser to the sandbox, and to nothing else. */
export type Config = Omit<Settings, 'MEMORY_BUDGET_MB'> & {
  memoryBudgetBytes: number;
  executables: { headless_shell?: Executable; chromium?: Executable };
  sandboxArguments: readonly string[] | undefined;
};
export type Secrets = Read['secrets'];

export const readConfig = (source: Record<string, string | undefined> = process.env): { config: Config; secrets: Secrets } => {
  const { settings, secrets } = read(source);
  // From here on nothing that the node starts inherits it.
  delete process.env.NODE_TOKEN;
  delete process.env.PROFILE_KEY;
  const wrong = contradictions(settings, secrets);
  if (wrong.length > 0) throw new EnvError(wrong);
  const { MEMORY_BUDGET_MB: budgetMb, ...rest } = settings;
  return {
    config: {
      ...rest,
      GATEWAY_URL: new URL(settings.GATEWAY_URL).origin,
      memoryBudgetBytes: budgetMb === undefined ? Math.floor(readMemory() * 0.7) : budgetMb * 1_000_000,
      executables: executablesOf(settings, source),
      sandboxArguments: sandboxArgumentsOf(settings),
    },
    secrets,
  };
};

const contradictions = (settings: Settings, { PROFILE_KEY: key }: Secrets): string[] => {
  const problem = (name: keyof typeof nodeEnv, wrong: string): string => envProblem(nodeEnv, name, wrong);
  const gateway = new URL(settings.GATEWAY_URL);
  const wrong: string[] = [];
  if (gateway.href !== `${gateway.origin}/`) wrong.push(problem('GATEWAY_URL', 'must not have a login, a path or anything behind it'));
  if (settings.CHROMIUM_PATH === undefined && settings.HEADLESS_SHELL_PATH === undefined) wrong.push(problem('HEADLESS_SHELL_PATH', 'is missing, and so is CHROMIUM_PATH'));
  if (settings.SANDBOX_URL !== undefined && settings.SANDBOX_SPKI === undefined) wrong.push(problem('SANDBOX_SPKI', 'is missing, and SANDBOX_URL is set'));
  // The browsers are kept from every name, and from every address but this one.
  if (settings.SANDBOX_URL !== undefined && new URL(settings.SANDBOX_URL).hostname !== '127.0.0.1') wrong.push(problem('SANDBOX_URL', 'must be on 127.0.0.1'));
  if (settings.PROFILES_DIR === settings.NODE_DATA_DIR) wrong.push(problem('NODE_DATA_DIR', 'must not be the same as PROFILES_DIR'));
  if (settings.PROFILE_SNAPSHOTS_DIR !== undefined && key === undefined) wrong.push(problem('PROFILE_KEY', 'is missing, and PROFILE_SNAPSHOTS_DIR is set'));
  if (settings.PROFILE_SNAPSHOTS_DIR === undefined && key !== undefined) wrong.push(problem('PROFILE_SNAPSHOTS_DIR', 'is missing, and PROFILE_KEY is set'));
  if ([settings.PROFILES_DIR, settings.NODE_DATA_DIR].some((dir) => dir === settings.PROFILE_SNAPSHOTS_DIR)) wrong.push(problem('PROFILE_SNAPSHOTS_DIR', 'must not be the same as PROFILES_DIR or NODE_DATA_DIR'));
  return wrong;
};

/** Of the container, where it has a limit of its own. */
const readMemory = (): number => {
  const limit = process.constrainedMemory();
  return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
};

const inherited = ['PATH', 'LANG', 'LC_ALL', 'TZ', 'TMPDIR'];

const executablesOf = (settings: Settings, source: Record<string, string | undefined>): Config['executables'] => {
  const env = pick(Object.fromEntries(inherited.map((name) => [name, source[name]])));
  const { CHROMIUM_PATH: chromium, HEADLESS_SHELL_PATH: shell, HEADLESS_SHELL_LIBRARIES: libraries, HEADLESS_SHELL_FONTS: fonts } = settings;
  return {
    ...(shell === undefined ? {} : { headless_shell: { executablePath: shell, env: { ...env, ...pick({ LD_LIBRARY_PATH: libraries, FONTCONFIG_FILE: fonts }) } } }),
    ...(chromium === undefined ? {} : { chromium: { executablePath: chromium, env } }),
  };
};

const pick = (some: Record<string, string | undefined>): Record<string, string> => Object.fromEntries(Object.entries(some).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));

const sandboxArgumentsOf = ({ SANDBOX_URL: url, SANDBOX_SPKI: spki }: Settings): readonly string[] | undefined => {
  if (url === undefined || spki === undefined) return undefined;
  const port = new URL(url).port || '443';
  return [
    `--host-resolver-rules=MAP web.whatsapp.com:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
    `--ignore-certificate-errors-spki-list=${spki}`,
    // A proxy, from the environment or the profile, would look names up by itself, past the rules above.
    '--no-proxy-server',
    // A document that was pinned comes from no address, and may reach this machine only where that counts as anywhere else.
    `--ip-address-space-overrides=127.0.0.1:${port}=public`,
  ];
};
