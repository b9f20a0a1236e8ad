import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { demandSeen, type Check, type Finding } from './finding.ts';
import { judgeShape } from './judge-shape.ts';
import { isSource, listFiles } from './repository.ts';
import { runProgram } from './run-program.ts';

const reportSchema = z.object({
  number_of_files: z.number(),
  number_of_rules: z.number(),
  diagnostics: z.array(
    z.object({
      message: z.string(),
      code: z.string().optional(),
      filename: z.string(),
      labels: z.array(z.object({ span: z.object({ line: z.number() }) })),
    }),
  ),
});

interface LintFinding extends Finding {
  rule: string;
}

/** Runs oxlint with the tree's own .oxlintrc.json; whatever it reports counts, there are no warnings. */
export const lintTree = async (root: string, oxlint: string): Promise<{ findings: LintFinding[]; files: number; rules: number }> => {
  const run = await runProgram({ script: oxlint, args: ['-c', '.oxlintrc.json', '--format', 'json', '--deny-warnings'], cwd: root });
  const start = run.stdout.indexOf('{');
  if (start === -1) throw new Error(`oxlint did not report: ${run.stdout}${run.stderr}`);
  const report = reportSchema.parse(JSON.parse(run.stdout.slice(start)));
  const findings = report.diagnostics.map((diagnostic) => ({
    file: diagnostic.filename,
    line: diagnostic.labels[0]?.span.line,
    rule: diagnostic.code ?? 'oxlint',
    message: `${diagnostic.message} ${diagnostic.code ?? ''}`.trim(),
  }));
  return { findings, files: report.number_of_files, rules: report.number_of_rules };
};

/** Limits that nobody may lift by a comment: splitting the file is the way. */
const unliftable = /\b(max-lines|max-lines-per-function|max-params|no-explicit-any|no-non-null-assertion|ban-ts-comment|no-cycle|no-empty)\b/;

/** A rule may be lifted for one place when the comment says why, as in `oxlint-disable-next-line rule -- reason`. */
export const judgeDirectives = (file: string, text: string): Finding[] =>
  text.split('\n').flatMap((content, index): Finding[] => {
    const directive = /(?:^|\s)(?:\/\/|\/\*)\s*(?:oxlint|eslint)-disable(?:-next-line|-line)?\b(.*)/.exec(content)?.[1];
    if (directive === undefined) return [];
    const line = index + 1;
    const [rules = '', reason = ''] = directive.split(' -- ', 2);
    if (unliftable.test(rules)) return [{ file, line, message: `lifts a limit that stands everywhere:${rules}` }];
    return reason.replace('*/', '').trim().length < 10 ? [{ file, line, message: 'lifts a rule without saying why after --' }] : [];
  });

export const checkLint: Check = {
  name: 'lint',
  async run(root) {
    const { findings, files, rules } = await lintTree(root, resolve(root, 'node_modules/oxlint/bin/oxlint'));
    const sources = (await listFiles(root)).filter(isSource);
    const judged = await Promise.all(
      sources.map(async (file) => {
        const text = await readFile(resolve(root, file), 'utf8');
        return [...judgeDirectives(file, text), ...judgeShape(file, text)];
      }),
    );
    const few = files < sources.length ? [{ message: `oxlint examined ${files} of ${sources.length} files` }] : [];
    return {
      findings: [...findings, ...judged.flat(), ...few, ...demandSeen(new Set(sources), ['server/src/config.ts', 'packages/contract/src/errors.ts'])],
      examined: `${files} files, ${rules} rules`,
    };
  },
};
