import { parseSync, Visitor, type Expression } from 'oxc-parser';
import type { Finding } from './finding.ts';
import { isTest } from './repository.ts';

const TEST_LINES_MAX = 60;

/**
 * What oxlint cannot be told: a catch that only holds a comment is empty all the same, and in a test file `describe` may be
 * long while each test may not.
 */
export const judgeShape = (file: string, text: string): Finding[] => {
  const findings: Finding[] = [];
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  new Visitor({
    CatchClause: ({ start, body }) => {
      if (body.body.length === 0) findings.push({ file, line: lineOf(start), message: 'catches and does nothing' });
    },
    CallExpression: ({ callee, start, end }) => {
      const lines = lineOf(end) - lineOf(start) + 1;
      if (isTest(file) && isTestCall(callee) && lines > TEST_LINES_MAX) findings.push({ file, line: lineOf(start), message: `is a test of ${lines} lines; ${TEST_LINES_MAX} are allowed` });
    },
  }).visit(parseSync(file, text).program);
  return findings;
};

/** `test(…)`, `it(…)`, `test.each(…)(…)`, `test.skipIf(…)(…)`. */
const isTestCall = (callee: Expression): boolean => {
  if (callee.type === 'Identifier') return callee.name === 'test' || callee.name === 'it';
  if (callee.type === 'MemberExpression') return isTestCall(callee.object);
  return callee.type === 'CallExpression' && isTestCall(callee.callee);
};
