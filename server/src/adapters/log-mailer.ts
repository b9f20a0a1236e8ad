import type { Log } from '@waxos/process/log';
import type { Mailer } from './mailer.ts';

/** Without SMTP_URL whoever reads the log is the postman: that is said once, and each mail is printed whole. */
export const openLogMailer = (log: Pick<Log, 'warn'>): Mailer => ({
  send: async ({ id, to, subject, text }) => {
    log.warn({ mail: { id, to, subject, text } }, 'mail not sent: SMTP_URL is not set');
  },
  close: () => undefined,
});
