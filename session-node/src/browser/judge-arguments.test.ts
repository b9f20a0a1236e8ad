import { expect, test } from 'vitest';
import { sandboxArguments as argumentsOf } from '@waxos/sandbox/browser-arguments';
import { composeArguments } from './compose-arguments.ts';
import { judgeArguments, judgeOwner } from './judge-arguments.ts';

const sandboxArguments = argumentsOf({ port: 4433, spki: `${'a'.repeat(43)}=` });
const compose = (kindArguments: readonly string[], isolated = true): string[] => composeArguments({ browser: 'chromium', profileDir: '/p/session', isolated, sharedMemory: true, kindArguments });

test('a real device is started with none of the sandbox’s flags', () => {
  expect(judgeArguments(compose([]), { kind: 'whatsapp', sandboxArguments })).toBeUndefined();
  for (const flag of sandboxArguments) expect(judgeArguments(compose([flag]), { kind: 'whatsapp', sandboxArguments })).toContain(flag);
});

test('a real device is never led elsewhere, made to trust others, or left without Chromium’s sandbox', () => {
  const flags = ['--host-rules=MAP * x', '--ignore-certificate-errors', '--proxy-server=x', '--disable-web-security', '--remote-debugging-port=1', '--no-sandbox', '--test-type=webdriver', '--ssl-key-log-file=/k'];
  for (const flag of flags) expect(judgeArguments(compose([flag]), { kind: 'whatsapp', sandboxArguments: undefined })).toContain(flag);
});

test('a sandbox device is started with all of its flags, each once, and with nothing that undoes one', () => {
  expect(judgeArguments(compose(sandboxArguments, false), { kind: 'sandbox', sandboxArguments })).toBeUndefined();
  for (const missing of sandboxArguments) {
    const rest = sandboxArguments.filter((flag) => flag !== missing);
    expect(judgeArguments(compose(rest), { kind: 'sandbox', sandboxArguments })).toContain(missing);
    expect(judgeArguments(compose([...sandboxArguments, missing]), { kind: 'sandbox', sandboxArguments })).toContain(missing);
  }
  for (const undoing of ['--host-resolver-rules=MAP * 192.0.2.1', '--proxy-server=192.0.2.1', '--ignore-certificate-errors']) {
    expect(judgeArguments(compose([...sandboxArguments, undoing]), { kind: 'sandbox', sandboxArguments })).toContain(undoing);
  }
});

test('a sandbox device is not started on a node that has no sandbox', () => {
  expect(judgeArguments(compose([]), { kind: 'sandbox', sandboxArguments: undefined })).toContain('SANDBOX_URL');
});

test('a real device is refused as root, a sandbox one is not', () => {
  expect(judgeOwner({ kind: 'whatsapp', uid: 0 })).toContain('root');
  expect(judgeOwner({ kind: 'whatsapp', uid: 1000 })).toBeUndefined();
  expect(judgeOwner({ kind: 'sandbox', uid: 0 })).toBeUndefined();
});
