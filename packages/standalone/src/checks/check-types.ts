import { relative, resolve } from 'node:path';
import { demandSeen, type Check, type Finding } from './finding.ts';
import { isSource, listFiles } from './repository.ts';
import { runProgram } from './run-program.ts';

interface TypesFinding extends Finding {
  code: string;
}

/** Runs TypeScript over one project of a tree and tells what it refused and which files it read. */
export const compileProject = async (root: string, project: string, tsc: string): Promise<{ findings: TypesFinding[]; files: Set<string> }> => {
  const { code, stdout, stderr } = await runProgram({ script: tsc, args: ['-p', project, '--pretty', 'false', '--listFiles'], cwd: root });
  const findings: TypesFinding[] = [];
  const files = new Set<string>();
  for (const line of `${stdout}\n${stderr}`.split('\n')) {
    const place = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(line);
    const bare = /^error (TS\d+): (.*)$/.exec(line);
    if (place !== null) findings.push({ file: place[1], line: Number(place[2]), code: place[3] ?? '', message: `${place[4] ?? ''} ${place[3] ?? ''}` });
    else if (bare !== null) findings.push({ file: project, code: bare[1] ?? '', message: bare[2] ?? '' });
    else if (isSource(line) && !line.includes('node_modules') && !line.startsWith(' ')) files.add(relative(root, resolve(root, line)));
  }
  if (code !== 0 && findings.length === 0) findings.push({ file: project, code: '', message: `the compiler ended with ${code ?? 'a signal'}: ${stderr}` });
  return { findings, files };
};

/** In this order: the web reads the declarations that the second project writes. */
const projects = [
  { project: 'tsconfig.json', known: ['server/src/config.ts', 'packages/contract/src/errors.ts', 'packages/standalone/src/main.ts'] },
  { project: 'packages/sandbox/src/page/tsconfig.json', known: ['packages/sandbox/src/page/boot.ts'] },
  { project: 'packages/sandbox/src/phones/tsconfig.json', known: ['packages/sandbox/src/phones/main.tsx'] },
  { project: 'server/tsconfig.declarations.json', known: ['server/src/router.ts'] },
  { project: 'web/tsconfig.json', known: ['web/src/lib/api-types.ts', 'web/src/app/main.tsx', 'server/.declarations/server/src/router.d.ts'] },
];

export const checkTypes: Check = {
  name: 'types',
  async run(root) {
    const findings = new Map<string, Finding>();
    const seen = new Set<string>();
    for (const { project, known } of projects) {
      const compiled = await compileProject(root, project, resolve(root, 'node_modules/typescript/bin/tsc'));
      // A file that two projects read is told of once.
      for (const finding of [...compiled.findings, ...demandSeen(compiled.files, known)]) findings.set(`${finding.file}:${finding.line}:${finding.message}`, finding);
      for (const file of compiled.files) seen.add(file);
    }
    const missed = (await listFiles(root)).filter((file) => /^(?!.*\.config\.ts$).*\.tsx?$/.test(file) && !seen.has(file));
    return {
      findings: [...findings.values(), ...missed.map((file) => ({ file, message: 'belongs to no TypeScript project' }))],
      examined: `${seen.size} files of ${projects.length} projects`,
    };
  },
};
