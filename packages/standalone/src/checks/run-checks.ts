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
export const runChecks = (args: readonly string[]): Promise<number> => runList(checks, args, console.log);

type Print = (line: string) => void;

/** Runs the named checks of a list, or all; one that fails or breaks does not keep the others from running. */
export const runList = async (list: readonly Check[], args: readonly string[], print: Print): Promise<number> => {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const options = args.filter((arg) => arg.startsWith('-'));
  const unknown = names.filter((name) => !list.some((check) => check.name === name));
  if (unknown.length > 0) {
    print(`There is no check named ${unknown.join(', ')}: use ${list.map(({ name }) => name).join(', ')}.`);
    return 2;
  }
  const chosen = names.length === 0 ? list : list.filter((check) => names.includes(check.name));
  const failed: string[] = [];
  for (const check of chosen) if (!(await runOne(check, options, print))) failed.push(check.name);
  const passed = chosen.length - failed.length;
  print(failed.length === 0 ? `All ${passed} checks passed.` : `Failed: ${failed.join(', ')} (${passed} of ${chosen.length} checks passed).`);
  return failed.length === 0 ? 0 : 1;
};

const runOne = async (check: Check, options: readonly string[], print: Print): Promise<boolean> => {
  const start = performance.now();
  const { findings, examined } = await outcomeOf(check, options);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  const passed = findings.length === 0;
  print(`${passed ? '✓' : '✗'} ${check.name.padEnd(9)} ${examined}, ${passed ? 'nothing wrong' : `${findings.length} wrong`}, ${seconds} s`);
  for (const finding of findings) print(`    ${formatFinding(finding)}`);
  return passed;
};

/** A check that breaks has failed. */
const outcomeOf = async (check: Check, options: readonly string[]): Promise<Outcome> => {
  try {
    return await check.run(repositoryRoot, options);
  } catch (error) {
    return { findings: [{ message: error instanceof Error ? (error.stack ?? error.message) : String(error) }], examined: 'broke off' };
  }
};
