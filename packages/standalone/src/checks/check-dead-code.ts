import { resolve } from 'node:path';
import { z } from 'zod';
import { readGraph } from './check-borders.ts';
import { demandSeen, type Check, type Finding } from './finding.ts';
import { findUnusedModules } from './find-unused-modules.ts';
import { runProgram } from './run-program.ts';

const named = z.array(z.object({ name: z.string(), line: z.number().optional() })).default([]);
const kinds = {
  files: 'is an unused file',
  exports: 'exports what nobody imports',
  types: 'exports a type that nobody imports',
  duplicates: 'exports one thing under two names',
  dependencies: 'lists a package that nothing imports',
  devDependencies: 'lists a package that nothing imports',
  unlisted: 'imports a package that its package.json does not list',
  unresolved: 'imports what is not there',
  binaries: 'runs a program that no package brings',
} as const;

const reportSchema = z.object({
  issues: z.array(
    z.object({
      file: z.string(),
      files: named,
      exports: named,
      types: named,
      duplicates: z.array(named).default([]).transform((groups) => groups.flat()),
      dependencies: named,
      devDependencies: named,
      unlisted: named,
      unresolved: named,
      binaries: named,
    }),
  ),
});

/** Runs knip with the tree's own knip.json. */
export const findDeadCode = async (root: string, knip: string): Promise<Finding[]> => {
  const { code, stdout, stderr } = await runProgram({ script: knip, args: ['--no-progress', '--reporter', 'json'], cwd: root });
  // 0 is nothing found, 1 something; all else is knip's own trouble.
  if (code !== 0 && code !== 1) throw new Error(`knip ended with ${code ?? 'a signal'}: ${stdout}${stderr}`);
  const { issues } = reportSchema.parse(JSON.parse(stdout));
  return issues.flatMap((issue) =>
    (Object.keys(kinds) as (keyof typeof kinds)[]).flatMap((kind) =>
      issue[kind].map(({ name, line }) => ({ file: issue.file, line, message: kind === 'files' ? kinds[kind] : `${kinds[kind]}: ${name}` })),
    ),
  );
};

export const checkDeadCode: Check = {
  name: 'dead-code',
  async run(root) {
    const graph = await readGraph(root);
    const [unused, dead] = [await findUnusedModules(root, graph), await findDeadCode(root, resolve(root, 'node_modules/knip/bin/knip.js'))];
    const told = new Set(unused.map(({ file }) => file));
    return {
      findings: [...unused, ...dead.filter(({ file, message }) => !(told.has(file) && message === kinds.files)), ...demandSeen(new Set(graph.modules.keys()), ['server/src/main.ts'])],
      examined: `${graph.modules.size} modules`,
    };
  },
};
