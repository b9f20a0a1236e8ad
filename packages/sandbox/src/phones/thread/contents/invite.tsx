import type { Content } from '../../../acts/contents.ts';
import type { ThreadMessage } from '../../../network/phone-view.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Button } from '../../parts/button.tsx';
import { useToasts } from '../../parts/toasts.tsx';
import { usePhone } from '../../phone/phone-context.ts';
import { useNow } from '../../state/use-now.ts';
import { useSpeech } from '../../words/speech.tsx';

/** A private invitation to a group: whoever could not be added is asked. */
export function Invite({ message, content }: { message: ThreadMessage; content: Extract<Content, { kind: 'invite' }> }) {
  const { t, times } = useSpeech();
  const { attempt } = useToasts();
  const { perform, openChat } = usePhone();
  const { group, groupName, code, expiresAt, comment } = content;
  const over = expiresAt < useNow();
  const join = async (): Promise<void> => {
    await perform('group.joinPrivately', { group, code, inviter: message.key.participant ?? message.from });
    openChat(group);
  };
  return (
    <div className="card">
      <Avatar id={group} name={groupName} group />
      <div className="document-text">
        <bdi className="strong">{groupName}</bdi>
        <span className="muted">{over ? t('invite.over') : t('invite.until', { when: times.dateTime(expiresAt) })}</span>
        {comment !== undefined && comment !== '' && <p dir="auto">{comment}</p>}
      </div>
      {!message.key.fromMe && !over && <Button onClick={() => attempt(join)}>{t('group.join')}</Button>}
    </div>
  );
}
