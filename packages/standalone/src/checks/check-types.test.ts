import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileProject } from './check-types.ts';
import { repositoryRoot } from './repository.ts';
import { layFixture, removeFixture } from './testing/lay-fixture.ts';

const tsc = resolve(repositoryRoot, 'node_modules/typescript/bin/tsc');

describe('the compiler, with the options of the repository', () => {
  let folder: string;
  let compiled: Awaited<ReturnType<typeof compileProject>>;
  const refused: { file: string; code: string }[] = [];

  beforeAll(async () => {
    folder = await layFixture('types');
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ extends: resolve(repositoryRoot, 'tsconfig.base.json'), compilerOptions: { types: [] }, include: ['*.ts'] }));
    for (const file of (await readdir(folder)).filter((name) => name.endsWith('.ts'))) {
      const code = /^\/\/ refused: (.+)$/m.exec(await readFile(join(folder, file), 'utf8'))?.[1];
      if (code !== undefined) refused.push({ file, code });
    }
    compiled = await compileProject(folder, 'tsconfig.json', tsc);
  });
  afterAll(() => removeFixture(folder));

  test('refuses each fixture by the error it names, and nothing else', () => {
    const found = compiled.findings.map(({ file, code }) => ({ file, code }));
    expect(found.toSorted(byFile)).toEqual(refused.toSorted(byFile));
    expect(refused.length).toBeGreaterThan(10);
  });

  test('tells which files it read', () => {
    expect([...compiled.files]).toContain('message.ts');
    expect(compiled.files.size).toBe(refused.length + 1);
  });
});

test('a project that finds no file is a failure', async () => {
  const folder = await layFixture('types');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ include: ['nothing/*.ts'] }));
  const { findings } = await compileProject(folder, 'tsconfig.json', tsc);
  expect(findings).toHaveLength(1);
  await removeFixture(folder);
});

const byFile = (one: { file?: string | undefined }, other: { file?: string | undefined }): number => (one.file ?? '').localeCompare(other.file ?? '');
