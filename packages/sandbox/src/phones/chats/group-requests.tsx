import { useEffect, useState } from 'react';
import type { ActValues } from '../../wire/results.ts';
import type { WireGroup } from '../../wire/stanzas.ts';
import { performAct } from '../api/phones-api.ts';
import { Button } from '../parts/button.tsx';
import { Problem } from '../parts/form.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { personName } from '../state/people.ts';
import { useAct } from '../state/use-act.ts';
import { useSpeech } from '../words/speech.tsx';

type Requests = ActValues['group.requests']['requests'];

/** Who asked to join by the link, where an admin has to say yes. */
export function GroupRequests({ group }: { group: WireGroup }) {
  const { t } = useSpeech();
  const { phone, perform } = usePhone();
  const { problem, run } = useAct();
  const [requests, setRequests] = useState<Requests>([]);
  const { account } = phone;
  useEffect(() => {
    void run(async () => setRequests((await performAct(account, 'group.requests', { group: group.id })).requests));
  }, [run, account, group]);
  if (requests.length === 0 && problem === undefined) return null;
  const decide = (person: string, approve: boolean): void => void run(() => perform('group.decide', { group: group.id, people: [person], approve }));
  return (
    <section>
      <h3 className="dialog-part">{t('group.requests')}</h3>
      <Problem text={problem} />
      <ul className="plain-list">
        {requests.map(({ person }) => (
          <li key={person} className="member">
            <span className="pick-names">
              <bdi>{personName(phone, person)}</bdi>
            </span>
            <Button onClick={() => decide(person, true)}>{t('group.approve')}</Button>
            <Button onClick={() => decide(person, false)}>{t('group.decline')}</Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
