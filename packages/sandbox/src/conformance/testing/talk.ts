import type { Message } from 'whatsapp-web.js';
import type { Jid } from '../../acts/addresses.ts';
import type { Content, ContentKind, MessageContext } from '../../acts/contents.ts';
import type { Phone, Seen } from './phone.ts';
import type { Shop } from './use-shop.ts';

/** The customer sends it to the shop; the message as the client tells it. */
export const receive = async (shop: Shop, customer: Phone, content: Content | string, context?: MessageContext): Promise<Message> => {
  const id = customer.send(shop.phone.address, typeof content === 'string' ? { kind: 'text', text: content } : content, context);
  return untilTold(shop, id);
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
