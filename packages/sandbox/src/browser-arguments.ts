/** How a Chromium is made to find the sandbox where WhatsApp would be, and to find nothing else. */

interface Reached {
  port: number;
  spki: string;
}

/** Every other name, `localhost` among them, resolves to nothing; only the sandbox's own key is trusted. */
export const sandboxArguments = ({ port, spki }: Reached): string[] => [
  `--host-resolver-rules=MAP web.whatsapp.com:443 127.0.0.1:${port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
  `--ignore-certificate-errors-spki-list=${spki}`,
  // A proxy, from the environment or the profile, would look names up by itself, past the rules above.
  '--no-proxy-server',
  // A document given by the debugger comes from no address, and may reach this machine only where that counts as anywhere else.
  `--ip-address-space-overrides=127.0.0.1:${port}=public`,
];

export type DeviceKind = 'whatsapp' | 'sandbox';

const forbidden = [/^--host-(resolver-)?rules\b/, /^--ignore-certificate-errors\b/, /^--ignore-urlfetcher-cert-requests\b/, /^--allow-insecure-localhost\b/, /^--allow-running-insecure-content\b/, /^--disable-web-security\b/, /^--test-type\b/, /^--ip-address-space-overrides\b/];
const demanded = [/^--host-resolver-rules=MAP web\.whatsapp\.com:443 127\.0\.0\.1:\d+, MAP \* ~NOTFOUND, EXCLUDE 127\.0\.0\.1$/, /^--ignore-certificate-errors-spki-list=[A-Za-z0-9+/]{43}=$/, /^--no-proxy-server$/, /^--ip-address-space-overrides=127\.0\.0\.1:\d+=public$/];
const ways = /^--(proxy-|winhttp-proxy)/;

/** As Chromium reads it: one dash is as good as two, and blanks around it do not count. */
const readFlag = (argument: string): string => argument.trim().replace(/^--?(?=[^-])/, '--');

/**
 * Looks at the arguments that a Chromium is really started with. A real device with one of the sandbox's flags could be
 * led to a false WhatsApp; a sandbox device without them would reach the real one.
 */
export const refuseMixedArguments = (kind: DeviceKind, given: readonly string[]): void => {
  const argv = given.map(readFlag);
  const bent = argv.filter((argument) => forbidden.some((flag) => flag.test(argument)));
  if (kind === 'whatsapp' && bent.length > 0) throw new Error(`A browser of a real device may not be started with ${bent.join(' ')}.`);
  if (kind === 'whatsapp') return;
  const missing = demanded.filter((flag) => argv.filter((argument) => flag.test(argument)).length !== 1);
  if (missing.length > 0) throw new Error('A browser of a sandbox device has to be kept from every host but the sandbox, and to trust its certificate alone.');
  // What comes behind it is no flag any more.
  if (argv.includes('--')) throw new Error('A browser of a sandbox device may not be started with a bare --.');
  // Chromium takes the last of two flags of a name, so a second one would undo the first.
  const undoing = argv.filter((argument) => ways.test(argument) || (bent.includes(argument) && !demanded.some((flag) => flag.test(argument))));
  if (undoing.length > 0) throw new Error(`A browser of a sandbox device may not be started with ${undoing.join(' ')}.`);
};
