import type { ReactNode } from 'react';
import type { ThreadMessage } from '../../network/phone-view.ts';
import { isMe, personName } from '../state/people.ts';
import { usePhone } from '../phone/phone-context.ts';
import { useSpeech } from '../words/speech.tsx';
import { Album } from './contents/album.tsx';
import { Contacts } from './contents/contacts.tsx';
import { DocumentFile } from './contents/document-file.tsx';
import { EventCard } from './contents/event-card.tsx';
import { Invite } from './contents/invite.tsx';
import { Place } from './contents/place.tsx';
import { Player } from './contents/player.tsx';
import { Poll } from './contents/poll.tsx';
import { Picture, Sticker } from './contents/picture.tsx';
import { RichText } from './rich-text.tsx';

/** What a message says, by its kind. */
export function MessageContent({ message, album }: { message: ThreadMessage; album: readonly ThreadMessage[] }) {
  const { content, context } = message;
  switch (content.kind) {
    case 'text':
      return (
        <>
          {content.link !== undefined && <LinkCard link={content.link} />}
          <RichText text={content.text} mentions={context?.mentions} />
        </>
      );
    case 'image':
    case 'video':
      return (
        <Captioned message={message} caption={content.caption}>
          <Picture message={message} content={content} />
        </Captioned>
      );
    case 'audio':
    case 'voice':
      return <Player message={message} content={content} />;
    case 'document':
      return (
        <Captioned message={message} caption={content.caption}>
          <DocumentFile media={content.media} />
        </Captioned>
      );
    case 'sticker':
      return <Sticker media={content.media} />;
    case 'album':
      return <Album messages={album} />;
    case 'location':
      return <Place content={content} />;
    case 'contacts':
      return <Contacts content={content} />;
    case 'poll':
      return <Poll message={message} content={content} />;
    case 'event':
      return <EventCard message={message} content={content} />;
    case 'invite':
      return <Invite message={message} content={content} />;
    default:
      return <Absent message={message} />;
  }
}

function Captioned({ message, caption = '', children }: { message: ThreadMessage; caption: string | undefined; children: ReactNode }) {
  return (
    <>
      {children}
      {caption !== '' && <RichText text={caption} mentions={message.context?.mentions} />}
    </>
  );
}

/** Deleted, or not decrypted yet. */
function Absent({ message }: { message: ThreadMessage }) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const { content, key } = message;
  if (content.kind === 'ciphertext') return <p className="absent">{t('thread.waiting')}</p>;
  if (content.kind !== 'revoked') return null;
  const byAuthor = isMe(phone, content.by) === key.fromMe;
  const text = isMe(phone, content.by) ? t('thread.youRevoked') : byAuthor ? t('thread.revoked') : t('thread.revokedBy', { name: personName(phone, content.by) });
  return <p className="absent">{text}</p>;
}

function LinkCard({ link }: { link: { url: string; title: string; description: string } }) {
  if (!/^https?:\/\//i.test(link.url)) return null;
  return (
    <a className="link-card" href={link.url} target="_blank" rel="noreferrer noopener">
      <bdi className="strong">{link.title}</bdi>
      <bdi className="muted">{link.description}</bdi>
    </a>
  );
}
