import { describe, expect, test } from 'vitest';
import { refuseMixedArguments, sandboxArguments } from './browser-arguments.ts';

const spki = 'q2vQyS9l1dYq1m4k7bqkLkzXwHfPq2l0k7r0c2m1Z3E=';
const ordinary = ['--headless', '--no-first-run', 'about:blank'];
const ours = sandboxArguments({ port: 4433, spki });

test("only WhatsApp's name leads anywhere, and it leads to the sandbox", () => {
  expect(ours).toEqual([
    '--host-resolver-rules=MAP web.whatsapp.com:443 127.0.0.1:4433, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    `--ignore-certificate-errors-spki-list=${spki}`,
    '--no-proxy-server',
    '--ip-address-space-overrides=127.0.0.1:4433=public',
  ]);
});

describe('a real device', () => {
  test('may be started with ordinary arguments', () => {
    expect(() => refuseMixedArguments('whatsapp', ordinary)).not.toThrow();
  });

  test.each([...ours.slice(0, 2), ...ours.slice(3), '--ignore-certificate-errors', '--host-rules=MAP * 127.0.0.1', '--disable-web-security', '--allow-insecure-localhost', '--test-type', '-ignore-certificate-errors', ' --host-resolver-rules=MAP * 127.0.0.1', '\t-host-rules=MAP * 127.0.0.1'])('may not be started with %s', (flag) => {
    expect(() => refuseMixedArguments('whatsapp', [...ordinary, flag])).toThrow('may not be started with');
  });
});

describe('a sandbox device', () => {
  test('may be started with what keeps it in the sandbox', () => {
    expect(() => refuseMixedArguments('sandbox', [...ordinary, ...ours])).not.toThrow();
  });

  test.each([
    { what: 'nothing of it', argv: ordinary },
    { what: 'the certificate only', argv: [...ordinary, ...ours.slice(1)] },
    { what: 'the hosts only', argv: [...ordinary, ...ours.slice(0, 1)] },
    { what: 'a proxy', argv: [...ordinary, ...ours, '--proxy-server=10.0.0.1:8080'] },
    { what: 'whatever proxy the machine has', argv: [...ordinary, ...ours.slice(0, 2)] },
    { what: 'every certificate trusted', argv: [...ordinary, ...ours.slice(0, 1), '--ignore-certificate-errors', '--no-proxy-server'] },
    { what: 'every certificate trusted beside ours', argv: [...ordinary, ...ours, '--ignore-certificate-errors'] },
    { what: 'every certificate trusted by one dash', argv: [...ordinary, ...ours, '-ignore-certificate-errors'] },
    { what: 'a proxy by one dash', argv: [...ordinary, ...ours, ' -proxy-server=10.0.0.1:8080'] },
    { what: 'another machine counted as far away', argv: [...ordinary, ...ours, '--ip-address-space-overrides=10.0.0.1:443=public'] },
    { what: 'an end of the flags before them', argv: [...ordinary, '--', ...ours] },
    { what: 'a second set of hosts', argv: [...ordinary, ...ours, '--host-resolver-rules=MAP * 127.0.0.1'] },
    { what: 'hosts let through', argv: [...ordinary, ...ours.slice(1), '--host-resolver-rules=MAP web.whatsapp.com:443 127.0.0.1:4433'] },
  ])('may not be started with $what', ({ argv }) => {
    expect(() => refuseMixedArguments('sandbox', argv)).toThrow('A browser of a sandbox device');
  });
});
