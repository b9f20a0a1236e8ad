import type { Message } from 'whatsapp-web.js';
import type { Jid } from '../../acts/addresses.ts';
import type { Content, ContentKind, MessageContext } from '../../acts/contents.ts';
import type { Phone, Seen } from './phone.ts';
import type { Shop } from './use-shop.ts';

/** A text, anything else, or a text with what goes with it. */
type Said = string | Content | { text: string; context: MessageContext };

/** The customer sends it to the shop; the message as the client tells it. */
export const receive = (shop: Shop, customer: Phone, said: Said): Promise<Message> => {
  const to = shop.phone.address;
  if (typeof said === 'string') return untilTold(shop, customer.say(to, said));
  return untilTold(shop, 'kind' in said ? customer.send(to, said) : customer.say(to, said.text, said.context));
};

/** The message with this id, as the client tells it. */
export const untilTold = async (shop: Shop, id: string): Promise<Message> => {
  const [message] = await shop.ear.until('message', (one) => one.id.id === id);
  return message;
};

/** The message with this id on a phone, as it stands in a chat. */
export const untilSeen = (phone: Phone, chat: Jid, id: string): Promise<Seen> => phone.until(chat, ({ key }) => key.id === id, `the message ${id}`);

/** The first message of that kind on the customer's phone, in the chat with the shop. */
export const untilKind = async <K extends ContentKind>(shop: Shop, customer: Phone, kind: K): Promise<Seen & { content: Extract<Content, { kind: K }> }> => {
  const seen = await customer.until(shop.phone.address, ({ content }) => content.kind === kind, `a message of kind ${kind}`);
  return seen as Seen & { content: Extract<Content, { kind: K }> };
};
