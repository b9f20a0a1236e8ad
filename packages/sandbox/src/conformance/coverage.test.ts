import { join } from 'node:path';
import { expect, test } from 'vitest';
import { events, methods, type Mark } from './testing/coverage.ts';
import { readSurface } from './testing/read-surface.ts';
import { readTests } from './testing/read-tests.ts';

const surface = readSurface();
const tests = new Map(readTests().map((one) => [one.name, one]));
const marks = Object.entries({ ...methods, ...events });
const counts = (mark: Mark['mark']): number => marks.filter(([, one]) => one.mark === mark).length;

test('every public method and every event of the library is on the list, and nothing that it no longer has', () => {
  expect(Object.keys(methods).toSorted()).toEqual(surface.methods);
  expect(Object.keys(events).toSorted()).toEqual(surface.events);
});

test('what is marked as covered is used by the test that it names', () => {
  const unfounded = marks.flatMap(([name, mark]) => {
    if (mark.mark !== 'covered') return [];
    const used = name.includes('.') ? `.${name.split('.')[1]}(` : `'${name}'`;
    return tests.get(mark.by)?.text.includes(used) === true ? [] : [`${name}: ${mark.by}`];
  });
  expect(unfounded).toEqual([]);
});

test('no two conformance tests have one name', () => {
  expect(tests.size).toBe(readTests().length);
});

test('nine of ten methods and events that a team inbox can meet are covered', () => {
  expect(counts('covered') / (counts('covered') + counts('missing'))).toBeGreaterThanOrEqual(0.9);
});

// Written by `npx vitest run packages/sandbox/src/conformance/coverage.test.ts -u`.
test('the table in the documentation is the list', async () => {
  await expect(render()).toMatchFileSnapshot(join(import.meta.dirname, '../../../../docs/sandbox-coverage.md'));
});

const render = (): string => {
  const say = (mark: Mark): string => (mark.mark === 'covered' ? `covered | ${tests.get(mark.by)?.file.replace('.chrome.test.ts', '') ?? ''}: ${mark.by}` : mark.mark === 'ignored' ? `ignored | ${mark.why}` : 'missing |');
  const table = (title: string, list: Readonly<Record<string, Mark>>): string => [`## ${title}`, '', '| | | |', '| --- | --- | --- |', ...Object.entries(list).map(([name, mark]) => `| \`${name}\` | ${say(mark)} |`)].join('\n');
  const met = counts('covered') + counts('missing');
  return `# What the sandbox is tested with

Every public method and event of whatsapp-web.js, and which test of packages/sandbox/src/conformance drives it through the sandbox. Of ${marks.length} a team inbox can meet ${met}; ${counts('covered')} of these are covered, ${counts('missing')} missing, ${counts('ignored')} are ignored on purpose. Generated from packages/sandbox/src/conformance/testing/coverage.ts.

${table('Methods', methods)}

${table('Events', events)}
`;
};
