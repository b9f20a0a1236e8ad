import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';

test('cookies, bearer keys, passwords and tokens are struck out of log lines', () => {
  const script = `
    import { openLog } from '${new URL('./log.ts', import.meta.url).href}';
    const headers = { cookie: 'waxos_session=abc', authorization: 'Bearer abc', accept: 'text/html' };
    openLog({ name: 'test', level: 'info' }).info({ req: { headers }, headers, input: { password: 'abc', token: 'abc' } }, 'arrived');`;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(stdout).toContain('arrived');
  expect(stdout).toContain('text/html');
  expect(stdout).not.toContain('abc');
});
