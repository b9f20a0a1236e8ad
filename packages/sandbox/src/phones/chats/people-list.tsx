import { useState } from 'react';
import { Avatar } from '../parts/avatar.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { usePart } from '../state/use-phones.ts';
import { useSpeech } from '../words/speech.tsx';
import { knownPeople, type KnownPerson } from './known-people.ts';

const searchFrom = 8;

interface PeopleListProps {
  choose: (jid: string) => void;
  /** Where several can be chosen: those that are. */
  chosen?: readonly string[];
  without?: (jid: string) => boolean;
}

export function PeopleList({ choose, chosen, without = () => false }: PeopleListProps) {
  const { t } = useSpeech();
  const { phone } = usePhone();
  const all = usePart((state) => state.phones);
  const [wanted, setWanted] = useState('');
  const people = knownPeople(phone, all).filter(({ jid }) => !without(jid));
  const needle = wanted.trim().toLowerCase();
  const found = people.filter(({ name, detail }) => name.toLowerCase().includes(needle) || detail.includes(needle));
  if (people.length === 0) return <p className="dialog-text">{t('chats.nobody')}</p>;
  return (
    <>
      {people.length >= searchFrom && <input className="people-search" type="search" aria-label={t('people.search')} placeholder={t('people.search')} dir="auto" value={wanted} onChange={(event) => setWanted(event.target.value)} />}
      <ul className="people">
        {found.map((person) => (
          <li key={person.jid}>
            <button type="button" className="person" aria-pressed={chosen?.includes(person.jid)} onClick={() => choose(person.jid)}>
              <PersonLine person={person} />
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function PersonLine({ person }: { person: KnownPerson }) {
  return (
    <>
      <Avatar id={person.jid} name={person.name} size="small" />
      <span className="pick-names">
        <bdi>{person.name}</bdi>
        <bdi dir="ltr" className="muted">
          {person.detail}
        </bdi>
      </span>
      <span className="person-check" aria-hidden />
    </>
  );
}
