import { useCallback } from 'react';
import type { Content, MediaFile, MessageContext } from '../../acts/contents.ts';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { hashOf, rememberLocally } from '../api/media-urls.ts';
import { uploadMedia } from '../api/phones-api.ts';
import { usePhone } from '../phone/phone-context.ts';
import { newMessageId } from '../state/message-ids.ts';
import { usePhones } from '../state/use-phones.ts';
import { useConversation } from '../thread/conversation-context.ts';
import { drawSticker } from './draw-picture.ts';
import { albumHead, fileContent, type SendAs } from './file-contents.ts';
import { measureFile } from './measure-file.ts';

export interface Say {
  say: (content: Content, mentions?: readonly string[]) => void;
  sayFiles: (files: readonly File[], as: SendAs, caption: string) => Promise<void>;
}

/** Says something in the open chat: with what is quoted, and disappearing as the chat does. */
export function useSay(): Say {
  const { outbox } = usePhones();
  const { phone } = usePhone();
  const { chat, quoted, quote } = useConversation();
  const { account } = phone;
  const { id, disappearsAfter = 0 } = chat;
  const contextFor = useCallback(
    (mentions: readonly string[]): MessageContext => ({
      ...(quoted === undefined ? {} : { quoted: { id: quoted.key.id, author: authorOf(quoted, account) } }),
      ...(mentions.length === 0 ? {} : { mentions: [...mentions] }),
      ...(disappearsAfter === 0 ? {} : { disappearsAfter }),
    }),
    [quoted, account, disappearsAfter],
  );
  const say = useCallback(
    (content: Content, mentions: readonly string[] = []) => {
      outbox.say({ account, chat: id, content, context: contextFor(mentions), ...(quoted === undefined ? {} : { quoted }) });
      quote(undefined);
    },
    [outbox, account, id, contextFor, quoted, quote],
  );
  const sayFiles = useCallback(
    async (files: readonly File[], as: SendAs, caption: string) => {
      const ready = as.sticker ? await Promise.all(files.map(drawSticker)) : files;
      const head = albumHead(
        ready.map(({ type }) => type),
        as,
      );
      const album = head === undefined ? undefined : outbox.say({ account, chat: id, content: head, id: newMessageId(), context: contextFor([]) });
      for (const [index, file] of ready.entries()) {
        const media = await describeLocally(file);
        const about = { caption: index === 0 ? caption : '', ...(album === undefined ? {} : { album }) };
        const prepare = async (): Promise<Content> => fileContent({ ...media, ...(await upload(file)) }, as, about);
        outbox.say({ account, chat: id, content: fileContent(media, as, about), prepare, context: album === undefined && index === 0 ? contextFor([]) : {}, ...(quoted === undefined ? {} : { quoted }) });
      }
      quote(undefined);
    },
    [outbox, account, id, contextFor, quoted, quote],
  );
  return { say, sayFiles };
}

const authorOf = ({ key, from }: ThreadMessage, account: string): string => (key.fromMe ? `${account}@lid` : (key.participant ?? from));

/** Enough to show it at once, from this browser's memory. */
async function describeLocally(file: File): Promise<MediaFile> {
  const [hash, measured] = await Promise.all([hashOf(file), measureFile(file)]);
  rememberLocally(hash, file);
  return { hash, mimetype: file.type === '' ? 'application/octet-stream' : file.type, size: file.size, ...measured };
}

async function upload(file: File): Promise<MediaFile> {
  const uploaded = await uploadMedia(file);
  rememberLocally(uploaded.hash, file);
  return uploaded;
}
