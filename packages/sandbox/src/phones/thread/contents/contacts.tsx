import type { Content } from '../../../acts/contents.ts';
import { Avatar } from '../../parts/avatar.tsx';
import { Button } from '../../parts/button.tsx';
import { useToasts } from '../../parts/toasts.tsx';
import { usePhone } from '../../phone/phone-context.ts';
import { readPhone } from '../../state/people.ts';
import { useSpeech } from '../../words/speech.tsx';
import { UserProblem } from '../../words/describe-failure.ts';
import { readCard, type Card } from '../read-card.ts';

export function Contacts({ content }: { content: Extract<Content, { kind: 'contacts' }> }) {
  return (
    <ul className="cards">
      {content.cards.map(({ name, vcard }) => (
        <li key={`${name} ${vcard}`}>
          <OneCard name={name} card={readCard(vcard)} />
        </li>
      ))}
    </ul>
  );
}

function OneCard({ name, card }: { name: string; card: Card }) {
  const { t } = useSpeech();
  const { attempt } = useToasts();
  const { perform, openChat } = usePhone();
  const shown = name === '' ? card.name : name;
  const [first] = card.numbers;
  const phone = first === undefined ? undefined : (first.waid ?? readPhone(first.number));
  const write = async (): Promise<void> => {
    const contact = phone === undefined ? null : await perform('contact.exists', { person: `${phone}@c.us` });
    if (contact === null) throw new UserProblem(t('chats.notThere'));
    openChat(contact.id);
  };
  return (
    <div className="card">
      <Avatar id={phone ?? shown} name={shown} />
      <div className="document-text">
        <bdi className="strong">{shown}</bdi>
        {card.organisation !== undefined && <bdi>{card.organisation}</bdi>}
        {card.numbers.map(({ number }) => (
          <bdi key={number} dir="ltr" className="muted">
            {number}
          </bdi>
        ))}
      </div>
      {phone !== undefined && <Button onClick={() => attempt(write)}>{t('thread.message')}</Button>}
    </div>
  );
}
