import { copyFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findDeadCode } from './check-dead-code.ts';
import type { Finding } from './finding.ts';
import { findUnusedModules } from './find-unused-modules.ts';
import { readModuleGraph } from './module-graph.ts';
import { repositoryRoot } from './repository.ts';
import { layFixture, removeFixture } from './testing/lay-fixture.ts';

describe('dead code', () => {
  let folder: string;
  let unused: Finding[];
  let dead: Finding[];

  beforeAll(async () => {
    folder = await layFixture('dead-code');
    await copyFile(resolve(repositoryRoot, 'knip.json'), join(folder, 'knip.json'));
    unused = await findUnusedModules(folder, await readModuleGraph(folder));
    dead = await findDeadCode(folder, resolve(repositoryRoot, 'node_modules/knip/bin/knip.js'));
  });
  afterAll(() => removeFixture(folder));

  const told = (file: string): string[] => dead.filter((finding) => finding.file === file).map(({ message }) => message);

  test('a module that no program reaches is found, also where the package exports every file', () => {
    expect(unused.map(({ file }) => file)).toEqual(['server/src/orphan.ts', 'server/src/tested-only.ts', 'web/src/orphan.tsx']);
  });

  test('an unused file of the web is found', () => {
    expect(told('web/src/orphan.tsx')).toContain('is an unused file');
  });

  test('an export that nobody imports is found, also in a package that exports every file', () => {
    expect(told('packages/contract/src/messages.ts')).toEqual(['exports what nobody imports: forgotten', 'exports a type that nobody imports: Unread']);
    expect(told('server/src/called-twice.ts')).toEqual(['exports what nobody imports: inner']);
  });

  test('a listed package that nothing imports is found', () => {
    expect(told('packages/contract/package.json')).toEqual(['lists a package that nothing imports: pino']);
  });

  test('an imported package that is not listed is found', () => {
    expect(told('server/src/main.ts')).toEqual(['imports a package that its package.json does not list: postgres', 'imports what is not there: ./gone.ts']);
  });
});
