import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPostBox, type PostBox } from '../testing/post-box.ts';
import { openLogMailer } from './log-mailer.ts';
import type { Mail, Mailer } from './mailer.ts';
import { openSmtpMailer } from './smtp-mailer.ts';

/** Where the letters of a mailer end up, in the form that the suite reads. */
interface Destination {
  mailer: Mailer;
  arrived: () => Mail[];
  close: () => Promise<void> | void;
}

const openSmtp = async (): Promise<Destination> => {
  const postBox: PostBox = await openPostBox();
  const mailer = openSmtpMailer({ url: postBox.url, from: 'Waxos <waxos@example.com>', domain: 'inbox.example.com' });
  return {
    mailer,
    arrived: () =>
      postBox.letters.map(({ messageId, to, subject, text }) => ({ id: messageId.replace(/^<(.*)@inbox\.example\.com>$/, '$1'), to, subject, text: text.replaceAll('\r\n', '\n') })),
    close: () => postBox.close(),
  };
};

const openLogged = async (): Promise<Destination> => {
  const lines: unknown[] = [];
  const mailer = openLogMailer({ warn: (entry: unknown) => void lines.push(entry) });
  return {
    mailer,
    arrived: () => lines.map((line) => (line as { mail: Mail }).mail),
    close: () => undefined,
  };
};

const mail: Mail = { id: 'invitation.1.1', to: 'ana@example.com', subject: 'Ana invites you to Peña e Filhos يدعوك to try a rather long subject line', text: 'Join here:\nhttps://inbox.example.com/invitation#a-token.with-dots_1\n' };

describe.each([
  { name: 'SMTP', open: openSmtp },
  { name: 'the log', open: openLogged },
])('by $name', ({ open }) => {
  let destination: Destination;
  beforeAll(async () => {
    destination = await open();
  });
  afterAll(async () => {
    destination.mailer.close();
    await destination.close();
  });

  test('a letter arrives whole, under its own id', async () => {
    await destination.mailer.send(mail);
    expect(destination.arrived()).toEqual([mail]);
  });

  test('a letter that is sent twice carries the same id, so that mailboxes show it once', async () => {
    await destination.mailer.send({ ...mail, id: 'twice' });
    await destination.mailer.send({ ...mail, id: 'twice' });
    expect(destination.arrived().filter(({ id }) => id === 'twice')).toHaveLength(2);
  });

  test('a long link and text in any language arrive unbroken', async () => {
    const text = `يدعوك\nкатер\nnavegação\n${'https://inbox.example.com/reset-password#'}${'abcdefghij'.repeat(15)}\n.\nend\n`;
    await destination.mailer.send({ ...mail, text });
    expect(destination.arrived().at(-1)?.text).toBe(text);
  });

  test('letters in parallel all arrive', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => destination.mailer.send({ ...mail, to: `${name}@example.com` })));
    expect(destination.arrived().slice(-4).map(({ to }) => to).toSorted()).toEqual(['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com']);
  });
});

test('a line break in a subject adds no header and no recipient', async () => {
  const { mailer, arrived, close } = await openSmtp();
  await mailer.send({ ...mail, subject: 'Hello\r\nBcc: all@example.com\r\nX-Evil: 1' });
  expect(arrived()).toEqual([{ ...mail, subject: 'Hello Bcc: all@example.com X-Evil: 1' }]);
  mailer.close();
  await close();
});

test('a mail server that is away is an error, not a letter lost in silence', async () => {
  const { mailer, close } = await openSmtp();
  await close();
  await expect(mailer.send(mail)).rejects.toThrow(/ECONNREFUSED/);
  mailer.close();
});
