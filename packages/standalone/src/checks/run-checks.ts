import { checkBorders, checkCycles } from './check-borders.ts';
import { checkDeadCode } from './check-dead-code.ts';
import { checkBoot } from './check-boot.ts';
import { checkDocs, checkTraces } from './check-docs.ts';
import { checkEnv } from './check-env.ts';
import { checkLicences } from './check-licences.ts';
import { checkLint } from './check-lint.ts';
import { checkTypes } from './check-types.ts';
import { formatFinding, type Check, type Outcome } from './finding.ts';
import { repositoryRoot } from './repository.ts';

const checks: readonly Check[] = [checkTypes, checkLint, checkBorders, checkCycles, checkDeadCode, checkBoot, checkEnv, checkLicences, checkDocs, checkTraces];

/** `npm run check` runs them all, `npm run check -- lint` the named ones; gives the exit code. */
export const runChecks = async (args: readonly string[]): Promise<number> => {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const unknown = names.filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0) {
    console.error(`There is no check named ${unknown.join(', ')}: use ${checks.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  const chosen = names.length === 0 ? checks : checks.filter((check) => names.includes(check.name));
  const failed: string[] = [];
  for (const check of chosen) {
    if (!(await runOne(check, args.filter((arg) => arg.startsWith('-'))))) failed.push(check.name);
  }
  console.log(failed.length === 0 ? `All ${chosen.length} checks passed.` : `Failed: ${failed.join(', ')} (${chosen.length - failed.length} of ${chosen.length} checks passed).`);
  return failed.length === 0 ? 0 : 1;
};

const runOne = async (check: Check, options: readonly string[]): Promise<boolean> => {
  const start = performance.now();
  const { findings, examined } = await outcomeOf(check, options);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const passed = findings.length === 0;
  console.log(`${passed ? '✓' : '✗'} ${check.name.padEnd(9)} ${examined}, ${passed ? 'nothing wrong' : `${findings.length} wrong`}, ${seconds} s`);
  for (const finding of findings) console.log(`    ${formatFinding(finding)}`);
  return passed;
};

/** A check that breaks has failed, and the others still run. */
const outcomeOf = async (check: Check, options: readonly string[]): Promise<Outcome> => {
  try {
    return await check.run(repositoryRoot, options);
  } catch (error) {
    return { findings: [{ message: error instanceof Error ? (error.stack ?? error.message) : String(error) }], examined: 'broke off' };
  }
};
