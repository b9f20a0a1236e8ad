/** What may bend where a browser goes, whom it trusts, or who may drive it. */
const bending = [
  /^--host-(resolver-)?rules\b/,
  /^--ignore-(certificate|urlfetcher)/,
  /^--allow-(insecure|running-insecure)/,
  /^--unsafely-/,
  /^--disable-web-security\b/,
  /^--disable-site-isolation/,
  /^--ip-address-space-overrides\b/,
  /^--test-type\b/,
  /^--(winhttp-)?proxy-/,
  /^--no-proxy-server\b/,
  /^--remote-debugging-(port|address)\b/,
  /^--remote-allow-origins\b/,
  /^--ssl-key-log-file\b/,
  /^--(no-sandbox|disable-setuid-sandbox|disable-namespace-sandbox|disable-seccomp-filter-sandbox)\b/,
];
const unisolated = /^--no-sandbox$/;

interface Judged {
  kind: 'whatsapp' | 'sandbox';
  /** As given by the sandbox; undefined where there is none. */
  sandboxArguments: readonly string[] | undefined;
}

/**
 * Why a browser may not run with this argv; undefined when it may. A real device with one flag of the sandbox's could be
 * led to a false WhatsApp; a sandbox device without them would reach the real one. Asked of what was composed and again
 * of what /proc shows, since a distribution's launcher adds flags of its own.
 */
export const judgeArguments = (argv: readonly string[], { kind, sandboxArguments }: Judged): string | undefined => {
  const bent = argv.filter((argument) => bending.some((flag) => flag.test(argument)));
  if (kind === 'whatsapp') {
    const given = argv.filter((argument) => sandboxArguments?.includes(argument) === true);
    const wrong = [...new Set([...bent, ...given])];
    return wrong.length === 0 ? undefined : `A browser of a real device may not be started with ${wrong.join(' ')}.`;
  }
  if (sandboxArguments === undefined || sandboxArguments.length === 0) return 'No sandbox is set up for this node: set SANDBOX_URL, or link a real device.';
  const missing = sandboxArguments.filter((flag) => argv.filter((argument) => argument === flag).length !== 1);
  if (missing.length > 0) return `A browser of a sandbox device has to be started with ${missing.join(' ')}, once.`;
  // Chromium takes the last of two flags of a name, so a second one would undo the first.
  const undoing = bent.filter((argument) => !sandboxArguments.includes(argument) && !unisolated.test(argument));
  return undoing.length === 0 ? undefined : `A browser of a sandbox device may not be started with ${undoing.join(' ')}.`;
};

/** Chromium runs without its own sandbox as root, and a page that escapes would own every account of the host. */
export const judgeOwner = ({ kind, uid }: { kind: 'whatsapp' | 'sandbox'; uid: number }): string | undefined =>
  kind === 'whatsapp' && uid === 0 ? 'A real device is not opened as root, where Chromium’s sandbox is off: run the session node as a user of its own, or give its browsers one.' : undefined;
