import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { expect, onTestFinished, test } from 'vitest';
import { bundlePage } from './bundle-page.ts';

const openFolder = async (files: Record<string, string>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'sandbox-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
};

test('everything that an entry imports runs as one script, without its styles', async () => {
  const folder = await openFolder({
    'entry.ts': `import './look.css';\nimport { greet } from './greet.ts';\nglobalThis.said = greet(process.env.NODE_ENV as string);`,
    'greet.ts': 'export const greet = (whom: string): string => `hello ${whom}`;',
    'look.css': 'body { color: red }',
  });
  const scope = { said: '' };
  runInNewContext(await bundlePage(join(folder, 'entry.ts')), scope);
  expect(scope.said).toBe('hello production');
});

test('what cannot be bundled is an error, and is tried again', async () => {
  const folder = await openFolder({});
  const entry = join(folder, 'late.ts');
  await expect(bundlePage(entry)).rejects.toThrow('late.ts');
  await writeFile(entry, 'globalThis.late = true;');
  expect(await bundlePage(entry)).toContain('late');
});
