import { Avatar } from '../parts/avatar.tsx';
import { useSpeech } from '../words/speech.tsx';
import type { Member } from './mentions.ts';

export function MentionList({ found, at, pick }: { found: readonly Member[]; at: number; pick: (member: Member) => void }) {
  const { t } = useSpeech();
  return (
    <ul className="mention-list" aria-label={t('composer.mention')}>
      {found.map((member, index) => (
        <li key={member.jid}>
          <button type="button" tabIndex={-1} className="person" aria-current={index === at} onClick={() => pick(member)}>
            <Avatar id={member.jid} name={member.name} size="small" />
            <span className="pick-names">
              <bdi>{member.name}</bdi>
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
