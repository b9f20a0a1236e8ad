import { waitFor } from '@waxos/process/poll';

export interface MailedTokens {
  /** Takes every line of the gateway's log; those that hold a mail are kept for a while. */
  read: (line: string) => void;
  find: (email: string) => Promise<string>;
}

/** Without a mail server the gateway prints its mails in the log: there the demo's members find their invitations. */
export const readMailedTokens = (signal: AbortSignal): MailedTokens => {
  const lines: string[] = [];
  const read = (line: string): void => {
    if (line.includes('/invitation#')) lines.push(line);
  };
  const find = (email: string): Promise<string> =>
    waitFor(() => /\/invitation#([\w.~-]+)/.exec(lines.findLast((line) => line.includes(email)) ?? '')?.[1], { timeoutMs: 20_000, what: `the invitation for ${email} in the gateway's log`, signal });
  return { read, find };
};
