import { knownPeople } from '../chats/known-people.ts';
import { sortChats } from '../chats/sort-chats.ts';
import { Avatar } from '../parts/avatar.tsx';
import { Icon } from '../parts/icon.tsx';
import { usePhone } from '../phone/phone-context.ts';
import { isGroup, isPerson } from '../state/people.ts';
import { usePart } from '../state/use-phones.ts';

/** Chats first, the newest on top, then whoever else is known. */
export function PickChats({ chosen, choose }: { chosen: readonly string[]; choose: (jid: string) => void }) {
  const { phone } = usePhone();
  const all = usePart((state) => state.phones);
  const chats = sortChats(phone.chats)
    .filter(({ id }) => isGroup(id) || isPerson(id))
    .map(({ id, title }) => ({ jid: id, name: title }));
  const known = new Set(chats.map(({ jid }) => jid));
  const places = [...chats, ...knownPeople(phone, all).filter(({ jid }) => !known.has(jid))];
  return (
    <ul className="people">
      {places.map(({ jid, name }) => (
        <li key={jid}>
          <button type="button" className="person" aria-pressed={chosen.includes(jid)} onClick={() => choose(jid)}>
            <Avatar id={jid} name={name} group={isGroup(jid)} size="small" />
            <span className="pick-names">
              <bdi>{name}</bdi>
            </span>
            {chosen.includes(jid) ? <Icon name="check" size={18} /> : <Icon name="send" size={18} />}
          </button>
        </li>
      ))}
    </ul>
  );
}
