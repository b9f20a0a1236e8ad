import { createTransport } from 'nodemailer';
import type { Mailer } from './mailer.ts';

const TIMEOUT_MS = 20_000;
/** Shorter than a worker's claim on the job: a slow server must not have two of us at its door. */
const DEADLINE_MS = 45_000;

const withinDeadline = async (sending: Promise<unknown>): Promise<void> => {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`the mail server did not take the mail within ${DEADLINE_MS / 1000} s`)), DEADLINE_MS);
  try {
    await Promise.race([sending, late.promise]);
  } finally {
    clearTimeout(timer);
  }
};

export const openSmtpMailer = ({ url, from, domain }: { url: string; from: string; domain: string }): Mailer => {
  const transport = createTransport({ url, connectionTimeout: TIMEOUT_MS, greetingTimeout: TIMEOUT_MS, socketTimeout: TIMEOUT_MS }, { from });
  return {
    send: async ({ id, to, subject, text }) => {
      // Quoted-printable keeps lines whole in every script; base64 would carry bare line feeds.
      const sending = transport.sendMail({ messageId: `<${id}@${domain}>`, to, subject, text, textEncoding: 'quoted-printable' });
      await withinDeadline(sending);
    },
    close: () => transport.close(),
  };
};
