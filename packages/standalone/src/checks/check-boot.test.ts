import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bootProgram, bootTree, listBootable } from './check-boot.ts';
import { listFiles, repositoryRoot } from './repository.ts';
import { layFixture, removeFixture } from './testing/lay-fixture.ts';

describe('booting on plain Node', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await layFixture('boot');
  });
  afterAll(() => removeFixture(folder));

  const boot = (name: string) => bootTree(folder, [`server/src/${name}.ts`, 'server/src/plain.ts']);

  test.each([
    ['enum', 'enum is not supported'],
    ['parameter-property', 'parameter property is not supported'],
    ['without-extension', 'Cannot find module'],
    ['untyped-type-import', "does not provide an export named 'Plain'"],
    ['throws', 'not on import'],
    ['open-timer', 'leaves open when it is imported: Timeout'],
    ['open-server', 'leaves open when it is imported: TCPSERVERWRAP'],
  ])('a module is refused: %s', async (name, why) => {
    const findings = await boot(name);
    expect(findings.map(({ file }) => file)).toEqual([`server/src/${name}.ts`]);
    expect(findings[0]?.message.toLowerCase()).toContain(why.toLowerCase());
  });

  test('a module that ends the process is noticed', async () => {
    expect((await boot('ends'))[0]?.message).toContain('ended the process (0)');
  });

  test('a plain module boots', async () => {
    expect(await boot('plain')).toEqual([]);
  });

  test('a program must end with its sentence and with 1', async () => {
    expect(await bootProgram(folder, { file: 'server/src/main.ts', args: [], says: 'DATABASE is missing' })).toEqual([]);
    expect(await bootProgram(folder, { file: 'server/src/main-silent.ts', args: [], says: 'DATABASE is missing' })).toHaveLength(1);
  });
});

test('the modules of every process of ours are booted', async () => {
  const modules = listBootable(await listFiles(repositoryRoot));
  expect(modules).toEqual(expect.arrayContaining(['server/src/config.ts', 'packages/process/src/env.ts', 'packages/standalone/src/config.ts']));
  expect(modules.filter((file) => file.endsWith('/main.ts') || file.startsWith('web/'))).toEqual([]);
});
