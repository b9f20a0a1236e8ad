import { readFile } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { posix, resolve } from 'node:path';
import { z } from 'zod';

export type Target = { kind: 'file'; file: string } | { kind: 'package'; specifier: string } | { kind: 'builtin' } | { kind: 'missing' };

interface Workspace {
  folder: string;
  exports: Record<string, string>;
}

const target = z.union([z.string(), z.object({ default: z.string() }).transform((conditions) => conditions.default)]);
const manifestSchema = z.object({ name: z.string(), exports: z.record(z.string(), target).default({}) });

/** The `@waxos/*` packages of a tree, by name. */
export const readWorkspaces = async (root: string, files: readonly string[]): Promise<Map<string, Workspace>> => {
  const workspaces = new Map<string, Workspace>();
  for (const file of files.filter((path) => path.endsWith('/package.json'))) {
    const { name, exports } = manifestSchema.parse(JSON.parse(await readFile(resolve(root, file), 'utf8')));
    workspaces.set(name, { folder: posix.dirname(file), exports });
  }
  return workspaces;
};

/** Finds what a specifier means, from the tree alone; other packages are not opened. */
export const resolveImport = (from: string, specifier: string, tree: { files: ReadonlySet<string>; workspaces: ReadonlyMap<string, Workspace> }): Target => {
  // Vite's suffixes say how a file is delivered, not which one it is.
  const bare = specifier.replace(/\?(raw|url|inline|worker)$/, '');
  if (bare.startsWith('.')) return asFile(posix.join(posix.dirname(from), bare), tree.files);
  if (isBuiltin(bare)) return { kind: 'builtin' };
  const [scope = '', name = '', ...rest] = bare.split('/');
  const workspace = tree.workspaces.get(`${scope}/${name}`);
  if (workspace === undefined) return bare.startsWith('@waxos/') ? { kind: 'missing' } : { kind: 'package', specifier: bare };
  const exported = findExport(workspace.exports, ['.', ...rest].join('/'));
  return exported === undefined ? { kind: 'missing' } : asFile(posix.join(workspace.folder, exported), tree.files);
};

const asFile = (file: string, files: ReadonlySet<string>): Target => (files.has(file) ? { kind: 'file', file } : { kind: 'missing' });

const findExport = (exports: Record<string, string>, subPath: string): string | undefined => {
  const exact = exports[subPath];
  if (exact !== undefined) return exact;
  for (const [pattern, path] of Object.entries(exports)) {
    const [before = '', after] = pattern.split('*');
    if (after === undefined || !subPath.startsWith(before) || !subPath.endsWith(after)) continue;
    return path.replace('*', subPath.slice(before.length, subPath.length - after.length));
  }
  return undefined;
};
