import type { Outgoing } from '@waxos/contract/node-link/commands';
import { DriverDead, DriverRefusal, type Sending } from './driver.ts';
import { ackOf } from './map-message.ts';
import type { PageDoor } from './page-door.ts';
import { findSent } from './page-scripts/find-sent.ts';
import { send } from './page-scripts/send.ts';
import { putFile } from './put-file.ts';

/** Sends, and waits until the network has it. After the call nothing but a tick, or its refusal, says what came of it. */
export const sendMessage = async (door: PageDoor, profileDir: string, sending: Sending): Promise<{ at: number }> => {
  const { chat, id, content, quoted, mentions, notAfter } = sending;
  if (Date.now() > notAfter) throw new DriverRefusal('too_late', 'the time to send it is over');
  const file = content.kind === 'media' ? await putFile(door, profileDir, { as: content.as, mimetype: content.media.mimetype, filename: content.media.filename, bytes: sending.media }) : undefined;
  try {
    const wanted = { chat, id, ...wordsOf(content, file), mentions: (mentions ?? []).map((person) => ({ kind: 'person' as const, person })), notAfter, ...(quoted === undefined ? {} : { quoted }) };
    // A page that does not answer may have sent: only its own word that it did not is a refusal.
    const answer = await door.run(send, wanted, content.kind === 'media' ? door.deadlines.mediaMs : door.deadlines.tickMs).catch((error: unknown) => Promise.reject(new DriverDead('the page did not say what came of it', { cause: error })));
    if (!answer.ok) throw new DriverRefusal(answer.reason, answer.text);
  } finally {
    await file?.drop();
  }
  const { tickMs, callMs } = door.deadlines;
  const found = await door.run(findSent, { chat, id, untilMs: tickMs }, tickMs + callMs);
  if (found !== null && found.ack >= 1) return { at: found.at };
  if (found !== null && ackOf(found.ack) === -1) throw new DriverRefusal('refused', 'the network refused it');
  throw new DriverDead('no tick of the server came in time');
};

interface Words {
  text?: string;
  options: Record<string, unknown>;
}

/** A content in the words of the library. */
const wordsOf = (content: Outgoing, file: { token: string; mimetype: string; filename: string } | undefined): Words => {
  switch (content.kind) {
    case 'text':
      return { text: content.text, options: { linkPreview: true } };
    case 'contact':
      return { text: content.vcard, options: { parseVCards: true } };
    case 'location': {
      const { latitude, longitude, name, address } = content;
      return { text: '', options: { location: { latitude, longitude, description: [name ?? '', ...(address === undefined ? [] : [address])].join('\n') } } };
    }
    case 'poll':
      return { text: '', options: { poll: { pollName: content.question, pollOptions: content.options.map((name, localId) => ({ name, localId })), options: { allowMultipleAnswers: content.several } } } };
    case 'media':
      return {
        text: '',
        options: {
          media: { data: file?.token, mimetype: file?.mimetype, filename: file?.filename },
          ...(content.caption === undefined ? {} : { caption: content.caption, isCaptionByUser: true }),
          sendMediaAsSticker: content.as === 'sticker',
          sendVideoAsGif: content.as === 'gif',
          sendAudioAsVoice: content.as === 'voice',
          sendMediaAsDocument: content.as === 'document',
          ...(content.viewOnce === true ? { isViewOnce: true } : {}),
        },
      };
  }
};
