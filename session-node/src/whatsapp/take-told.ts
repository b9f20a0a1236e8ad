import { chatSchema, messageKeySchema, personSchema } from '@waxos/contract/node-link/identities';
import { z } from 'zod';
import type { DriverEvent } from './driver.ts';
import type { LinkJudge } from './judge-link.ts';
import { groupOf, personOf, toldGroupSchema, toldPersonSchema, toldPictureSchema, toldPresenceSchema } from './map-people.ts';
import { withoutNumbers } from './without-numbers.ts';
import { ackOf, mapMessage } from './map-message.ts';

const option = z.number().int().nonnegative();

/** What our scripts tell out of the page. It is a stranger's page: nothing of it is taken unseen. */
const toldSchema = z.discriminatedUnion('what', [
  z.object({ what: z.literal('state'), state: z.string(), linked: z.boolean() }),
  z.object({ what: z.literal('logout') }),
  z.object({ what: z.literal('progress'), progress: z.coerce.number() }),
  z.object({ what: z.literal('passkey') }),
  z.object({ what: z.literal('message'), message: z.unknown() }),
  z.object({ what: z.literal('ack'), key: messageKeySchema, ack: z.number() }),
  z.object({ what: z.literal('reaction'), key: messageKeySchema, by: personSchema, emoji: z.string().max(64), atMs: z.coerce.number().catch(0) }),
  z.object({ what: z.literal('vote'), key: messageKeySchema, by: personSchema, options: z.array(option).max(64), atMs: z.coerce.number().catch(0) }),
  z.object({ what: z.literal('hidden'), key: messageKeySchema }),
  z.object({ what: z.literal('chat'), chat: chatSchema, name: z.string().optional(), unread: z.number().int().optional(), archived: z.boolean().optional() }),
  z.object({ what: z.literal('call'), from: personSchema, id: z.string(), video: z.boolean(), group: z.boolean() }),
  toldGroupSchema,
  toldPersonSchema,
  toldPictureSchema,
  toldPresenceSchema,
  z.object({ what: z.literal('canary'), token: z.string() }),
  z.object({ what: z.literal('failed'), text: z.string() }),
]);
type Told = z.infer<typeof toldSchema>;
type OfMessages = Exclude<Told, { what: 'state' | 'logout' | 'progress' | 'canary' | 'message' | 'failed' }>;

interface Takers {
  judge: LinkJudge;
  tell: (event: DriverEvent) => void;
  canary: (token: string) => void;
  build: () => string;
}

export const takeTold =
  ({ judge, tell, canary, build }: Takers) =>
  (given: unknown): void => {
    const unreadable = (what: string): void => tell({ type: 'unreadable', build: build(), what });
    for (const one of Array.isArray(given) ? (given as unknown[]) : []) {
      const told = toldSchema.safeParse(one).data;
      if (told === undefined) unreadable(kindOf(one));
      else if (told.what === 'state') judge.state(told.state, told.linked);
      else if (told.what === 'logout') judge.loggedOut();
      else if (told.what === 'progress') judge.progress(told.progress);
      else if (told.what === 'canary') canary(told.token);
      else if (judge.isEnded()) continue;
      else if (told.what === 'failed') unreadable(withoutNumbers(told.text));
      else if (told.what === 'message') {
        const mapped = mapMessage(told.message);
        if (mapped?.isWhole !== true) unreadable(mapped === undefined ? 'a message without a key' : 'a message');
        if (mapped !== undefined) tell({ type: 'message.seen', message: mapped.message, source: 'live' });
      } else tell(toEvent(told));
    }
  };

/** Its name at most: what a page says is no thing for a log. */
const kindOf = (one: unknown): string => {
  const what: unknown = typeof one === 'object' && one !== null ? Reflect.get(one, 'what') : undefined;
  return toldSchema.options.map(({ shape }) => shape.what.value).find((name) => name === what) ?? 'something without a name';
};

const seconds = (ms: number): number => Math.max(0, Math.floor(ms / 1_000));

const toEvent = (told: OfMessages): DriverEvent => {
  switch (told.what) {
    case 'passkey':
      return { type: 'passkey' };
    case 'ack':
      return { type: 'message.acked', key: told.key, ack: ackOf(told.ack) };
    case 'reaction':
      return { type: 'message.reacted', key: told.key, by: told.by, emoji: told.emoji, at: seconds(told.atMs) };
    case 'vote':
      return { type: 'message.voted', key: told.key, by: told.by, options: told.options, at: seconds(told.atMs) };
    case 'hidden':
      return { type: 'message.hidden', key: told.key };
    case 'chat':
      return { type: 'chat.changed', chat: told.chat, ...(told.name === undefined ? {} : { name: told.name }), ...(told.unread === undefined ? {} : { unread: told.unread }), ...(told.archived === undefined ? {} : { archived: told.archived }) };
    case 'call':
      return { type: 'call.noticed', from: told.from, id: told.id, video: told.video, group: told.group };
    case 'group':
      return groupOf(told);
    case 'person':
      return personOf(told);
    case 'picture':
      return { type: 'picture.changed', chat: told.chat, has: told.has };
    case 'presence':
      return { type: 'chat.presence', chat: told.chat, by: told.by, state: told.state, ...(told.lastSeen === undefined ? {} : { lastSeen: told.lastSeen }) };
  }
};
