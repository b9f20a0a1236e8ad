import { readFile } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import type { Finding } from './finding.ts';
import type { ModuleGraph } from './module-graph.ts';
import { isTest } from './repository.ts';

/** Where a program begins: what npm, a browser, a test runner or a person starts by its name. */
const isEntry = (file: string): boolean =>
  /(^|\/)main\.tsx?$|\.config\.ts$|^packages\/standalone\/launch|^web\/public\/|^bench\/(chaos\/)?[^/]+\.ts$|\/e2e\//.test(file);

const isSupport = (file: string): boolean => isTest(file) || file.includes('/testing/') || file.endsWith('.d.ts') || file.endsWith('.d.mts');

/**
 * Modules that no program reaches. Knip takes every file of a package that exports `./*` for an entry and so would never
 * miss one; a module that only its own test reaches is dead as well.
 */
export const findUnusedModules = async (root: string, { modules }: ModuleGraph): Promise<Finding[]> => {
  const reached = new Set<string>();
  const pending = [...modules.keys()].filter(isEntry);
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const { target } of modules.get(file)?.imports ?? []) if (target.kind === 'file') pending.push(target.file);
    pending.push(...(await findStarted(root, file, modules)));
  }
  return [...modules.keys()].filter((file) => !reached.has(file) && !isSupport(file)).map((file) => ({ file, message: 'is reached by no program' }));
};

/** Files named in a text rather than imported: `new URL('./worker.ts', import.meta.url)`, a set-up file of the tests. */
const findStarted = async (root: string, file: string, modules: ReadonlyMap<string, unknown>): Promise<string[]> => {
  const text = await readFile(resolve(root, file), 'utf8');
  const named = [...text.matchAll(/['"`/]([\w.-]+\.(?:ts|tsx|mjs))['"`]/g)].map((match) => match[1] ?? '');
  const folder = posix.dirname(file);
  return named.flatMap((name) => [...modules.keys()].filter((other) => posix.basename(other) === name && !isTest(other) && nearby(folder, other)));
};

const nearby = (folder: string, other: string): boolean => folder === '.' || other.startsWith(`${folder.split('/').slice(0, 2).join('/')}/`);
