import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sandboxEnv } from '@waxos/sandbox/config';
import { gatewayEnv } from '@waxos/server/config';
import { nodeEnv } from '@waxos/session-node/config';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { standaloneEnv } from '../config.ts';
import { checkEnv, compareEnvExample } from './check-env.ts';
import { renderEnvExample } from './render-env-example.ts';
import { removeFixture } from './testing/lay-fixture.ts';

const text = renderEnvExample([
  {
    title: 'Gateway',
    spec: {
      PORT: { schema: z.string().default('3000'), about: 'Port of the page.', example: '8080' },
      HOST: { schema: z.string(), about: 'Address.', example: '0.0.0.0' },
      KEY: { schema: z.string().optional(), about: 'Seals.', example: 'very-secret', secret: true },
      FROM: { schema: z.string().optional(), about: 'Sender.', example: 'Waxos <a@b.example>' },
    },
  },
  { title: 'Node', spec: { PORT: { schema: z.string(), about: 'The same again.', example: '1' } } },
]);

test('a variable is told with what it is for, its default and an example', () => {
  expect(text).toContain('# Port of the page. Unless set: 3000.\n# PORT=8080\n');
  expect(text).toContain('# Address. Required.\n# HOST=0.0.0.0\n');
  expect(text).toContain('# FROM="Waxos <a@b.example>"\n');
});

test('a secret has no value, and its example is nowhere', () => {
  expect(text).toContain('# Seals.\n# KEY=\n');
  expect(text).not.toContain('very-secret');
});

test('a variable of two processes is told once', () => {
  expect(text.match(/PORT=/g)).toHaveLength(1);
});

test('a text that has drifted is refused at its first wrong line', () => {
  expect(compareEnvExample(text, text)).toEqual([]);
  expect(compareEnvExample(text.replace('HOST=', 'HOSTS='), text)).toMatchObject([{ file: '.env.example', line: text.split('\n').indexOf('# HOST=0.0.0.0') + 1 }]);
  expect(compareEnvExample(`${text}MORE=1\n`, text)).toHaveLength(1);
  expect(compareEnvExample(text.slice(0, -20), text)).toHaveLength(1);
});

test('every variable of the gateway, the sandbox, the session node and npm start is in what --write writes, and afterwards nothing has drifted', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'waxos-check-'));
  await writeFile(join(folder, '.env.example'), 'OLD=1\n');
  expect((await checkEnv.run(folder, [])).findings).toHaveLength(1);
  expect((await checkEnv.run(folder, ['--write'])).findings).toEqual([]);
  const written = await readFile(join(folder, '.env.example'), 'utf8');
  const names = [...written.matchAll(/^# ([A-Z0-9_]+)=/gm)].map((match) => match[1]);
  const wanted = new Set([...Object.keys(gatewayEnv), ...Object.keys(nodeEnv), ...Object.keys(standaloneEnv), ...Object.keys(sandboxEnv)]);
  expect(names).toHaveLength(wanted.size);
  expect(new Set(names)).toEqual(wanted);
  await removeFixture(folder);
});
