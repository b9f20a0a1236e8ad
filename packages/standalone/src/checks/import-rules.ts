/**
 * Who may import whom. A place is a folder or file; `*` stands for one name, and each such name is a
 * place of its own. The first row that matches a file is its place. A place may always import itself.
 */
export interface Place {
  place: string;
  /** Places it may import; `folder/**` means every place inside. */
  imports: readonly string[];
  /** Places it may import by `import type` only. */
  types?: readonly string[];
  /** Places that its tests, and what only they use, may import besides. */
  tests?: readonly string[];
  /** The only packages from npm it may import; any, where absent. */
  packages?: readonly string[];
  /** Browsers have no Node inside. */
  builtins?: false;
}

const shared = ['packages/contract', 'packages/process'];
const ground = ['server/src/farm', 'server/src/trpc', 'server/src/queue', 'server/src/db', 'server/src/secrets', 'server/src/limits', 'server/src/services.ts'];
const server = [...shared, 'packages/ai', 'packages/knowledge', ...ground];
const product = [...shared, 'packages/sandbox', 'packages/sandbox/src/**', 'packages/ai', 'packages/knowledge', 'packages/client', 'server/src/**', 'session-node/src/**'];
const ports = ['server/src/adapters', 'server/src/config.ts'];

export const places: readonly Place[] = [
  { place: 'packages/contract', imports: [], packages: ['zod'], builtins: false },
  { place: 'packages/process', imports: [] },
  { place: 'packages/sandbox/src/acts', imports: [], packages: ['zod'], builtins: false },
  { place: 'packages/sandbox/src/wire', imports: [], types: ['packages/sandbox/src/acts'], packages: [], builtins: false },
  { place: 'packages/sandbox/src/faults', imports: [], packages: ['zod'], builtins: false },
  { place: 'packages/sandbox/src/network', imports: [...shared, 'packages/sandbox/src/acts', 'packages/sandbox/src/faults', 'packages/sandbox/src/wire'] },
  { place: 'packages/sandbox/src/page', imports: [], types: ['packages/sandbox/src/acts', 'packages/sandbox/src/wire'], packages: [], builtins: false },
  { place: 'packages/sandbox/src/phones', imports: [], types: ['packages/sandbox/src/acts', 'packages/sandbox/src/wire', 'packages/sandbox/src/network'], packages: ['react', 'react-dom'], builtins: false },
  { place: 'packages/sandbox', imports: [...shared, 'packages/sandbox/src/acts', 'packages/sandbox/src/faults', 'packages/sandbox/src/wire', 'packages/sandbox/src/network'] },
  { place: 'packages/ai', imports: shared },
  { place: 'packages/knowledge', imports: [...shared, 'packages/ai'] },
  { place: 'packages/client', imports: ['packages/contract'], builtins: false },
  { place: 'packages/widget', imports: ['packages/contract'], builtins: false },
  { place: 'packages/standalone', imports: product },
  { place: 'bench', imports: [...product, 'packages/standalone'] },

  { place: 'server/src/main.ts', imports: [...server, 'server/src/config.ts', 'server/src/context.ts', 'server/src/http', 'server/src/realtime', 'server/src/router.ts', 'server/src/worker.ts'] },
  { place: 'server/src/config.ts', imports: shared },
  { place: 'server/src/config.test.ts', imports: [...shared, 'server/src/config.ts'] },
  { place: 'server/src/context.ts', imports: [...server, ...ports, 'server/src/http', 'server/src/realtime', 'server/src/router.ts', 'server/src/worker.ts'] },
  { place: 'server/src/http', imports: [...server, 'server/src/router.ts', 'server/src/features/*'], types: ports, tests: ['session-node/src/link'] },
  { place: 'server/src/realtime', imports: [...server, 'server/src/features/*'], types: ports },
  { place: 'server/src/router.ts', imports: [...server, 'server/src/features/*/router.ts'] },
  { place: 'server/src/worker.ts', imports: [...server, 'server/src/features/*', 'server/src/features/*/jobs.ts', 'server/src/features/*/jobs'], types: ports },
  { place: 'server/src/features/*/router.ts', imports: [...server, 'server/src/features/*'], types: ports },
  { place: 'server/src/features/*/jobs.ts', imports: [...server, 'server/src/features/*'], types: ports },
  { place: 'server/src/features/*/jobs', imports: [...server, 'server/src/features/*'], types: ports },
  { place: 'server/src/features/*', imports: [...server, 'server/src/features/*'], types: ports },
  { place: 'server/src/farm', imports: [...shared, 'server/src/db', 'server/src/queue', 'server/src/secrets'], types: ['server/src/services.ts'], tests: ['session-node/src/link'] },
  { place: 'server/src/trpc', imports: [...shared, 'server/src/db', 'server/src/queue', 'server/src/secrets', 'server/src/limits', 'server/src/services.ts'] },
  { place: 'server/src/queue', imports: [...shared, 'server/src/db', 'server/src/secrets'] },
  { place: 'server/src/db', imports: shared },
  { place: 'server/src/secrets', imports: shared },
  { place: 'server/src/adapters', imports: [...shared, 'packages/knowledge', 'server/src/db'], types: ['server/src/config.ts', 'server/src/limits'] },
  { place: 'server/src/limits', imports: shared },
  { place: 'server/src/testing', imports: [...shared, 'server/src/**'] },
  { place: 'server/src/services.ts', imports: shared, types: ['server/src/**'] },

  { place: 'session-node/src/main.ts', imports: [...shared, 'session-node/src/config.ts', 'session-node/src/context.ts', 'session-node/src/fleet', 'session-node/src/link'] },
  { place: 'session-node/src/config.ts', imports: shared },
  { place: 'session-node/src/config.test.ts', imports: shared, tests: ['packages/sandbox/src/**'] },
  { place: 'session-node/src/context.ts', imports: [...shared, 'session-node/src/**'] },
  { place: 'session-node/src/fleet', imports: [...shared, 'session-node/src/session'] },
  { place: 'session-node/src/link', imports: [...shared, 'session-node/src/session'] },
  { place: 'session-node/src/session', imports: shared, types: ['session-node/src/whatsapp', 'session-node/src/browser'] },
  { place: 'session-node/src/testing', imports: [...shared, 'packages/sandbox', 'packages/sandbox/src/**', 'session-node/src/**'] },
  { place: 'session-node/src/metrics', imports: shared },
  { place: 'session-node/src/browser', imports: shared, types: ['session-node/src/whatsapp'], tests: ['packages/sandbox/src/**'] },
  { place: 'session-node/src/whatsapp', imports: shared, types: ['session-node/src/browser'], tests: ['packages/sandbox/src/**'] },

  { place: 'web/src/lib/api-types.ts', imports: ['packages/contract'], types: ['server/src/router.ts'], builtins: false },
  { place: 'web/src/app', imports: ['packages/contract', 'web/src/features/*', 'web/src/components', 'web/src/lib', 'web/src/lib/api-types.ts'], builtins: false },
  { place: 'web/src/features/*', imports: ['packages/contract', 'web/src/components', 'web/src/lib', 'web/src/lib/api-types.ts'], builtins: false },
  { place: 'web/src/components', imports: ['packages/contract', 'web/src/lib'], builtins: false },
  { place: 'web/src/lib', imports: ['packages/contract', 'web/src/lib/api-types.ts'], builtins: false },
  { place: 'web/src/testing', imports: ['packages/contract', 'web/src/**'] },
  { place: 'web/public', imports: [], packages: [], builtins: false },

  // Configuration of tools: at the root of the repository and of the web.
  { place: 'vitest.config.ts', imports: ['packages/standalone'] },
  { place: 'web/vite.config.ts', imports: [] },
];

/** Packages that only some places may import; a name covers its sub-paths, `name/*` a whole scope. */
export const reserved: readonly { packages: readonly string[]; only: readonly string[]; why: string }[] = [
  { packages: ['postgres', 'pg', 'drizzle-orm/postgres-js', 'drizzle-orm/node-postgres'], only: ['server/src/db', 'packages/standalone', 'bench'], why: 'the database is reached through the doors of server/src/db' },
  { packages: ['bullmq'], only: ['server/src/queue', 'bench'], why: 'jobs are queued through server/src/queue' },
  { packages: ['whatsapp-web.js'], only: ['session-node/src/whatsapp', 'packages/sandbox/src/conformance', 'bench'], why: 'WhatsApp is reached through the driver' },
  { packages: ['puppeteer', 'puppeteer-core'], only: ['session-node/src/browser', 'session-node/src/whatsapp', 'packages/sandbox/src/conformance', 'bench'], why: 'Chromium belongs to session-node/src/browser' },
  { packages: ['nodemailer', '@aws-sdk/*'], only: ['server/src/adapters', 'packages/standalone'], why: 'the outside is reached through server/src/adapters' },
  { packages: ['socket.io'], only: ['server/src/realtime', 'server/src/farm', 'server/src/http', 'bench'], why: 'sockets are an edge' },
  { packages: ['socket.io-client'], only: ['session-node/src/link', 'web/src/lib', 'bench'], why: 'sockets are an edge' },
  { packages: ['openai', '@google/genai', 'groq-sdk'], only: ['packages/ai'], why: 'providers are reached through packages/ai' },
  { packages: ['react', 'react-dom', 'radix-ui', '@tanstack/*'], only: ['web', 'packages/sandbox/src/phones'], why: 'only pages draw' },
  { packages: ['playwright-core', 'axe-core'], only: ['packages/standalone', 'bench'], why: 'pages are driven from packages/standalone' },
];
