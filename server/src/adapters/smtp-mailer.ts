import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.ts';

const TIMEOUT_MS = 20_000;

export const openSmtpMailer = ({ url, from, domain }: { url: string; from: string; domain: string }): Mailer => {
  const transport = createTransport({ url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }, { from });
  return {
    send: async ({ id, to, subject, text }) => {
      await transport.sendMail({ messageId: `<${id}@${domain}>`, to, subject, text });
    },
    close: () => transport.close(),
  };
};
