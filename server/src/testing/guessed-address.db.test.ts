import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openTestDatabase } from '@waxos/standalone/testing/database';
import { expect, test } from 'vitest';
import { runGateway } from './run-gateway.ts';

test('a gateway that listens everywhere and is told no PUBLIC_URL starts, and warns by that name', async () => {
  const database = await openTestDatabase();
  const gateway = runGateway({ HOST: '0.0.0.0', PORT: '0', DATABASE_APP_URL: database.appUrl, DATABASE_SYSTEM_URL: database.systemUrl, SECRET_KEY: 'k'.repeat(43), SERVE_WEB: 'false', OBJECT_STORE_DIR: join(tmpdir(), 'waxos-test-objects') });
  await gateway.isUp();
  gateway.signal('SIGTERM');
  expect(await gateway.ended).toBe(0);
  const warnings = gateway.printed().split('\n').filter((line) => line.includes('"level":40'));
  expect(warnings).toEqual([expect.stringContaining('until PUBLIC_URL is set')]);
  await database.close();
});
