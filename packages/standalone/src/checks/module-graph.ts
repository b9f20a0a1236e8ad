import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { readModule, type ImportLink, type Module } from './read-module.ts';
import { isSource, listFiles } from './repository.ts';
import { readWorkspaces, resolveImport, type Target } from './resolve-import.ts';

export interface ResolvedImport extends ImportLink {
  target: Target;
}

export interface GraphModule extends Omit<Module, 'imports'> {
  imports: ResolvedImport[];
}

export interface ModuleGraph {
  /** Every file of the tree, source or not. */
  files: string[];
  modules: Map<string, GraphModule>;
  importCount: number;
}

/** Reads every module of a tree and what each import leads to. */
export const readModuleGraph = async (root: string): Promise<ModuleGraph> => {
  const files = await listFiles(root);
  const tree = { files: new Set(files), workspaces: await readWorkspaces(root, files) };
  const modules = new Map<string, GraphModule>();
  let importCount = 0;
  for (const file of files.filter(isSource)) {
    const { imports, ...module } = readModule(file, await readFile(resolve(root, file), 'utf8'));
    importCount += imports.length;
    modules.set(file, {
      ...module,
      imports: imports.map((link) => ({ ...link, target: link.specifier === undefined ? { kind: 'missing' } : resolveImport(file, link.specifier, tree) })),
    });
  }
  return { files, modules, importCount };
};
