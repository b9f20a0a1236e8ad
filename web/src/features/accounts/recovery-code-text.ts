/** Two groups are easier to copy by hand; whoever types the dash back in is understood all the same. */
export const formatRecoveryCode = (code: string): string =>
  code.length === 10 && !code.includes('-') ? `${code.slice(0, 5)}-${code.slice(5)}` : code;
