import { waitFor } from '@waxos/process/poll';
import whatsapp, { type Client } from 'whatsapp-web.js';

/** Something that the client said: which event, and what came with it. */
export interface Said {
  event: string;
  args: unknown[];
}

export interface Ear {
  /** Everything in its order. */
  readonly log: readonly Said[];
  /** Waits until such an event was said, now or before; answers what came with it. */
  until: <E extends keyof EventArgs>(event: E, isIt?: (...args: EventArgs[E]) => boolean) => Promise<EventArgs[E]>;
  /** Those said so far. */
  all: <E extends keyof EventArgs>(event: E) => EventArgs[E][];
}

/** What comes with each event, as the type definitions say it. */
export interface EventArgs {
  auth_failure: [message: string];
  authenticated: [];
  call: [call: whatsapp.Call];
  change_state: [state: string];
  chat_archived: [chat: whatsapp.Chat, now: boolean, before: boolean];
  chat_removed: [chat: whatsapp.Chat];
  code: [code: string];
  contact_changed: [message: whatsapp.Message, oldId: string, newId: string, isContact: boolean];
  disconnected: [reason: string];
  group_admin_changed: [notification: whatsapp.GroupNotification];
  group_join: [notification: whatsapp.GroupNotification];
  group_leave: [notification: whatsapp.GroupNotification];
  group_membership_request: [notification: whatsapp.GroupNotification];
  group_update: [notification: whatsapp.GroupNotification];
  loading_screen: [percent: number, message: string];
  media_uploaded: [message: whatsapp.Message];
  message: [message: whatsapp.Message];
  message_ack: [message: whatsapp.Message, ack: number];
  message_ciphertext: [message: whatsapp.Message];
  message_ciphertext_failed: [message: whatsapp.Message];
  message_create: [message: whatsapp.Message];
  message_edit: [message: whatsapp.Message, newBody: string, prevBody: string];
  message_reaction: [reaction: whatsapp.Reaction];
  message_revoke_everyone: [message: whatsapp.Message, before: whatsapp.Message | null | undefined];
  message_revoke_me: [message: whatsapp.Message];
  qr: [qr: string];
  ready: [];
  unread_count: [chat: whatsapp.Chat];
  vote_update: [vote: whatsapp.PollVote];
}

const timeoutMs = 15_000;

/** Keeps what a client says; told before it begins, it misses nothing. */
export const listenTo = (client: Client): Ear => {
  const log: Said[] = [];
  // A value that stands under two names is one event.
  for (const event of new Set<string>(Object.values(whatsapp.Events))) client.on(event, (...args: unknown[]) => void log.push({ event, args }));
  const all = <E extends keyof EventArgs>(event: E): EventArgs[E][] => log.flatMap((said) => (said.event === event ? [said.args as EventArgs[E]] : []));
  return {
    log,
    all,
    until: (event, isIt) =>
      waitFor(() => all(event).find((args) => isIt === undefined || isIt(...args)), { timeoutMs, intervalMs: 10, what: `the event ${event}` }).catch((error: unknown) => {
        throw new Error(`${String(error)}; said was: ${log.map((said) => said.event).join(' ')}`);
      }),
  };
};
