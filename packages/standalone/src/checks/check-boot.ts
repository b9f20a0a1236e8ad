import { resolve } from 'node:path';
import { z } from 'zod';
import { demandSeen, type Check, type Finding } from './finding.ts';
import { isTest, listFiles } from './repository.ts';
import { runProgram } from './run-program.ts';

interface Program {
  file: string;
  args: readonly string[];
  env?: Record<string, string>;
  says: string;
}

/** Programs do something when they are imported, so each is started with what makes it refuse, in words that we know. */
const programs: readonly Program[] = [
  { file: 'server/src/main.ts', args: [], says: 'DATABASE_APP_URL is missing' },
  { file: 'packages/sandbox/src/main.ts', args: [], env: { SANDBOX_HOST: '0.0.0.0' }, says: 'SANDBOX_CONTROL_TOKEN is missing' },
  { file: 'session-node/src/main.ts', args: [], says: 'NODE_TOKEN is missing' },
  { file: 'session-node/src/browser/watchdog.ts', args: [], says: 'is told the folder it watches' },
  { file: 'packages/standalone/src/main.ts', args: ['no-such-verb'], says: "There is no 'no-such-verb'" },
];

const reportSchema = z.object({ problems: z.array(z.object({ file: z.string(), message: z.string() })), booted: z.number() });

/** Imports modules on plain Node, without the test runner, which accepts what Node refuses. */
export const bootTree = async (root: string, files: readonly string[]): Promise<Finding[]> => {
  const { code, stdout, stderr } = await runProgram({ script: resolve(import.meta.dirname, 'boot-modules.ts'), args: [root, ...files], cwd: root, env: {} });
  const lastLine = stdout.trim().split('\n').at(-1) ?? '';
  if (!lastLine.startsWith('{')) return [{ message: `a module ended the process (${code ?? 'signal'}) while it was imported: ${stdout}${stderr}`.trim() }];
  const { problems, booted } = reportSchema.parse(JSON.parse(lastLine));
  return booted === files.length ? problems : [...problems, { message: `only ${booted} of ${files.length} modules were imported` }];
};

export const bootProgram = async (root: string, { file, args, env = {}, says }: Program): Promise<Finding[]> => {
  const { code, stdout, stderr } = await runProgram({ script: resolve(root, file), args, cwd: root, env, timeoutMs: 30_000 });
  if (code === 1 && `${stdout}${stderr}`.includes(says)) return [];
  return [{ file, message: `was to end with 1 and '${says}', but ended with ${code ?? 'a signal'} and: ${stdout}${stderr}`.trim() }];
};

const runsInBrowser = /^packages\/sandbox\/src\/(page|phones)\//;

const isProgram = (file: string): boolean => file.endsWith('/main.ts') || programs.some((program) => program.file === file);

/** The modules of the processes: what a browser runs, and what only tests run, is not loaded by Node alone. */
export const listBootable = (files: readonly string[]): string[] =>
  files.filter((file) => /^(packages\/(?!widget\/)[^/]+|server|session-node)\/src\/.*(?<!\.d)\.ts$/.test(file) && !runsInBrowser.test(file) && !isTest(file) && !file.includes('/testing/') && !isProgram(file));

export const checkBoot: Check = {
  name: 'boot',
  async run(root) {
    const files = await listFiles(root);
    const modules = listBootable(files);
    const present = programs.filter(({ file }) => files.includes(file));
    const unknown = files.filter((file) => isProgram(file) && !programs.some((program) => program.file === file));
    const findings = [...(await bootTree(root, modules)), ...(await Promise.all(present.map((program) => bootProgram(root, program)))).flat()];
    return {
      findings: [
        ...findings,
        ...unknown.map((file) => ({ file, message: 'is a program that check-boot.ts does not know how to start' })),
        ...demandSeen(new Set([...modules, ...present.map(({ file }) => file)]), ['server/src/main.ts', 'server/src/context.ts', 'packages/process/src/env.ts', 'packages/contract/src/errors.ts']),
      ],
      examined: `${modules.length} modules and ${present.length} programs`,
    };
  },
};
