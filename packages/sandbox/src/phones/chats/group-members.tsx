import { useState } from 'react';
import type { PersonResult } from '../../wire/results.ts';
import type { WireGroup } from '../../wire/stanzas.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Button } from '../parts/button.tsx';
import { Problem } from '../parts/form.tsx';
import { Menu } from '../parts/menu.tsx';
import { useToasts } from '../parts/toasts.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { isMe, personName, samePerson } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { usePhones } from '../state/use-phones.ts';
import { useSpeech } from '../words/speech.tsx';
import { PeopleList } from './people-list.tsx';

export function GroupMembers({ group, admin }: { group: WireGroup; admin: boolean }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { phone, perform, openChat } = usePhone();
  const mayAdd = group.left !== true && (admin || !group.adminsAdd);
  return (
    <section>
      <h3 className="dialog-part">{t('group.size', { count: group.participants.length })}</h3>
      <ul className="plain-list">
        {group.participants.map(({ id, isAdmin, isSuperAdmin }) => {
          const me = isMe(phone, id);
          const name = me ? t('thread.you') : personName(phone, id);
          const people = { group: group.id, people: [id] };
          return (
            <li key={id} className="member">
              <Avatar id={id} name={name} size="small" />
              <span className="pick-names">
                <bdi>{name}</bdi>
              </span>
              {(isAdmin || isSuperAdmin) && <span className="tag">{t('group.admin')}</span>}
              {!me && (
                <Menu
                  label={t('group.memberActs', { name })}
                  icon="more"
                  items={[
                    { label: t('thread.message'), icon: 'chat', act: () => openChat(id) },
                    admin && !isAdmin && { label: t('group.promote'), icon: 'people', act: () => attempt(() => perform('group.promote', people)) },
                    admin && isAdmin && !isSuperAdmin && { label: t('group.demote'), icon: 'person', act: () => attempt(() => perform('group.demote', people)) },
                    admin && { label: t('group.remove'), icon: 'close', danger: true, act: () => attempt(() => perform('group.remove', people)) },
                  ]}
                />
              )}
            </li>
          );
        })}
      </ul>
      {mayAdd && <AddMembers group={group} />}
    </section>
  );
}

function AddMembers({ group }: { group: WireGroup }) {
  const { t } = useSpeech();
  const { phone, perform } = usePhone();
  const { outbox } = usePhones();
  const act = useAct();
  const [open, setOpen] = useState(false);
  const [asked, setAsked] = useState<readonly PersonResult[]>([]);
  const add = async (jid: string): Promise<void> => {
    const { results } = await perform('group.add', { group: group.id, people: [jid] });
    setAsked(results.filter(({ code }) => code !== 200));
  };
  const invite = ({ person, inviteCode = '', inviteExpiresAt = 0 }: PersonResult): void => {
    outbox.say({ account: phone.account, chat: person, content: { kind: 'invite', group: group.id, groupName: group.subject, code: inviteCode, expiresAt: inviteExpiresAt } });
    setAsked([]);
  };
  if (!open) {
    return (
      <Button icon="add" onClick={() => setOpen(true)}>
        {t('group.add')}
      </Button>
    );
  }
  return (
    <div className="dialog-section">
      <Problem text={act.problem} />
      {asked.map((result) => (
        <p key={result.person} className="not-added" role="status">
          <span>{t('group.couldNotAdd', { name: personName(phone, result.person), code: result.code })}</span>
          {result.inviteCode !== undefined && <Button onClick={() => invite(result)}>{t('group.sendInvite')}</Button>}
        </p>
      ))}
      <PeopleList choose={(jid) => void act.run(() => add(jid))} without={(jid) => group.participants.some(({ id }) => samePerson(phone, id, jid))} />
    </div>
  );
}
