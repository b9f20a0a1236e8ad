import { afterAll, expect, test } from 'vitest';
import { startSystem } from '../src/testing/system.ts';

const system = await startSystem();
afterAll(() => system.stop());

test('a fresh installation answers, is ready and asks for its first owner', async () => {
  expect((await fetch(`${system.url}/healthz`)).status).toBe(200);
  expect((await fetch(`${system.url}/readyz`)).status).toBe(200);
  expect(await system.openCaller().query('setup.status')).toMatchObject({ needsSetup: true });
});
