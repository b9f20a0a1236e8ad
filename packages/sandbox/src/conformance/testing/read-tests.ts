import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor, type CallExpression } from 'oxc-parser';

const conformanceDir = join(import.meta.dirname, '..');

export interface ConformanceTest {
  name: string;
  file: string;
  /** Its whole source. */
  text: string;
}

/** The tests of this folder that drive the library, by their names as they are written. */
export const readTests = (): ConformanceTest[] =>
  readdirSync(conformanceDir)
    .filter((file) => file.endsWith('.chrome.test.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(conformanceDir, file), 'utf8');
      const tests: ConformanceTest[] = [];
      new Visitor({
        CallExpression: (call) => {
          const name = nameOf(call);
          if (name !== undefined) tests.push({ name, file, text: text.slice(call.start, call.end) });
        },
      }).visit(parseSync(file, text).program);
      return tests;
    });

const nameOf = ({ callee, arguments: [first] }: CallExpression): string | undefined =>
  callee.type === 'Identifier' && callee.name === 'test' && first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined;
