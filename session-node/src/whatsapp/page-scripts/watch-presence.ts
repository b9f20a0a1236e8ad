import type { Page, PageChatName, PagePresence } from './page.ts';

/**
 * Who is there and who types in a chat, for so long. WhatsApp tells it only to devices that are there themselves, so
 * this one is shown as online meanwhile: somebody has the chat open.
 */
export const watchPresence = async ({ chat: name, forMs }: { chat: PageChatName; forMs: number }): Promise<void> => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const chat = await waxos.findChat(name, false);
  const presence: PagePresence | undefined = chat?.presence ?? (chat === undefined ? undefined : await page.require('WAWebCollections').Presence?.find(chat.id));
  // Nobody types where there is no chat yet.
  if (chat === undefined || presence === undefined) return;
  waxos.attend(forMs);
  const until = Date.now() + forMs;
  const isWatched = waxos.watched.has(presence);
  waxos.watched.set(presence, until);
  if (presence.isSubscribed !== true) await presence.subscribe();
  if (isWatched) return;

  const last = new Map<string, string>();
  const stateOf = (type: unknown, before: string | undefined): string | undefined => {
    if (type === 'composing' || type === 'typing') return 'typing';
    if (type === 'recording' || type === 'recording_audio') return 'recording';
    if (type === 'unavailable') return 'offline';
    if (type === 'available') return ['typing', 'recording', 'paused'].includes(before ?? '') ? 'paused' : 'online';
    return type === 'paused' ? 'paused' : undefined;
  };
  const look = (state: { id?: unknown; type?: unknown; t?: unknown; deny?: unknown } | undefined): void => {
    const by = state === undefined ? undefined : waxos.person(state.id);
    if (state === undefined || by === undefined || (waxos.watched.get(presence) ?? 0) < Date.now()) return;
    const key = waxos.addressOf(state.id);
    const now = stateOf(state.type, last.get(key));
    if (now === undefined || now === last.get(key)) return;
    last.set(key, now);
    waxos.tell({ what: 'presence', chat: name, by, state: now, ...(now === 'offline' && state.deny !== true && typeof state.t === 'number' && state.t > 0 ? { lastSeen: state.t } : {}) });
  };
  const lookAll = (): void => {
    if (name.kind === 'person') return look(presence.chatstate === undefined ? undefined : { type: presence.chatstate.type, t: presence.chatstate.t, deny: presence.chatstate.deny, id: chat.id });
    for (const one of presence.chatstates?.getModelsArray() ?? []) look(one);
  };
  // Builds differ in who tells of it: the presence itself, or the states that it holds.
  for (const told of ['change', 'change:chatstate', 'change:chatstate.type', 'change:isOnline']) presence.on(told, lookAll);
  presence.chatstate?.on?.('change:type', lookAll);
  for (const told of ['add', 'change', 'change:type']) presence.chatstates?.on?.(told, lookAll);
  lookAll();
};
