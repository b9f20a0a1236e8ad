import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openSandbox, type Sandbox } from '../context.ts';
import { folderName } from './media-store.ts';

test('a network whose ledger cannot be read stays shut, and every other one opens', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'sandbox-networks-'));
  onTestFinished(() => rm(dataDir, { recursive: true }));
  const start = (): Promise<Sandbox> => openSandbox({ port: 0, dataDir });
  const before = await start();
  for (const id of ['whole', 'broken']) before.network(id).addAccount({ phone: '15550000001', name: id });
  await before.close();
  await writeFile(join(dataDir, 'networks', folderName('broken'), 'ledger.jsonl'), '{"n":7}\n');

  const after = await start();
  onTestFinished(after.close);
  expect(after.network('whole').accounts()).toMatchObject([{ name: 'whole' }]);
  for (let time = 0; time < 2; time += 1) expect(() => after.network('broken')).toThrow('cannot be read');
});
