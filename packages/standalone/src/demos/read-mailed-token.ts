import { waitFor } from '@waxos/process/poll';

export interface MailedTokens {
  /** Takes every line of the gateway's log; those that hold a link are kept. */
  read: (line: string) => void;
  /** Waits for the token of the newest link to that page mailed to that address. */
  find: (email: string, page?: 'invitation' | 'reset-password') => Promise<string>;
}

/** Without a mail server the gateway prints its mails in the log: there the demo's members find their invitations. */
export const readMailedTokens = (signal: AbortSignal): MailedTokens => {
  const lines: string[] = [];
  const read = (line: string): void => {
    if (/\/(invitation|reset-password)#/.test(line)) lines.push(line);
  };
  const find = (email: string, page: 'invitation' | 'reset-password' = 'invitation'): Promise<string> =>
    waitFor(() => new RegExp(`/${page}#([\\w.~-]+)`).exec(lines.findLast((line) => line.includes(email) && line.includes(`/${page}#`)) ?? '')?.[1], {
      timeoutMs: 20_000,
      what: `the ${page} link for ${email} in the gateway's log`,
      signal,
    });
  return { read, find };
};
