import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { waitFor } from '@waxos/process/poll';
import { SMTPServer } from 'smtp-server';

interface Letter {
  messageId: string;
  to: string;
  subject: string;
  text: string;
}

export interface PostBox {
  url: string;
  letters: Letter[];
  /** Waits for a letter to this address, with such a subject; the newest wins. */
  letterTo: (address: string, subject?: RegExp) => Promise<Letter>;
  close: () => Promise<void>;
}

/** A real mail server on loopback that keeps what it is given. Once it has a letter it may take its time to say so: a sender may die in between. */
export const openPostBox = async (slownessMs: () => number = () => 0): Promise<PostBox> => {
  const letters: Letter[] = [];
  // A sender that was killed resets its connection; any other fault is the server's own.
  const expectResets = (error: Error): void => {
    if (!('code' in error) || error.code !== 'ECONNRESET') throw error;
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    disableReverseLookup: true,
    onData: (stream, session, done) => {
      let raw = '';
      stream.setEncoding('utf8');
      stream.on('data', (chunk: string) => {
        raw += chunk;
      });
      stream.on('end', () => {
        letters.push({ ...parseLetter(raw), to: session.envelope.rcptTo[0]?.address ?? '' });
        setTimeout(done, slownessMs());
      });
    },
  });
  server.on('error', expectResets);
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    letters,
    letterTo: (address, subject = /./) => waitFor(() => letters.findLast((letter) => letter.to === address && subject.test(letter.subject)), { timeoutMs: 10_000, what: `a letter to ${address}` }),
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(closed.resolve);
      await closed.promise;
    },
  };
};

const parseLetter = (raw: string): Omit<Letter, 'to'> => {
  const end = raw.indexOf('\r\n\r\n');
  const headers = raw.slice(0, end).replaceAll(/\r\n[ \t]/g, ' ');
  const header = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(headers)?.[1]?.trim() ?? '';
  const body = raw.slice(end + 4);
  const decoded = /quoted-printable/i.test(header('content-transfer-encoding')) ? fromQuotedPrintable(body) : fromTransfer(body, header('content-transfer-encoding'));
  return { messageId: header('message-id'), subject: decodeWords(header('subject')), text: decoded };
};

/** RFC 2047: a header in another alphabet travels as encoded words, which join where they follow one another. */
const decodeWords = (header: string): string =>
  header.replaceAll(/\?= =\?/g, '?==?').replaceAll(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_match, kind: string, text: string) =>
    kind.toUpperCase() === 'B' ? Buffer.from(text, 'base64').toString('utf8') : fromQuotedPrintable(text.replaceAll('_', ' ')),
  );

const fromTransfer = (body: string, encoding: string): string => (/base64/i.test(encoding) ? Buffer.from(body, 'base64').toString('utf8') : body);

const fromQuotedPrintable = (body: string): string => {
  const bytes = body.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8');
};
