/** As shown, in small letters, with or without its hyphen. */
export function readPairingCode(typed: string): string | undefined {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  return /^[0-9A-Z]{8}$/.test(code) ? code : undefined;
}
