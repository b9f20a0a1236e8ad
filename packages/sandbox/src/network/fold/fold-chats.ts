import type { ChatSide } from '../records/chat-record.ts';
import { getAccount, openChat, peopleOf, sideOf } from '../records/network-state.ts';
import { wireChat } from '../stanzas/wire-chat.ts';
import type { EntryOf, Folds } from './world.ts';

export const foldChats: Folds<'chat.changed' | 'chat.disappears' | 'label.changed'> = {
  'chat.changed': (world, entry) => {
    const me = getAccount(world.state, entry.account);
    const side = sideOf(me, openChat(world.state, entry.chat));
    changeSide(side, entry);
    world.tell(
      me,
      () => ({
        s: 'chat',
        chat: wireChat(world.state, me, side),
        ...(entry.cleared === undefined ? {} : { cleared: true, keepStarred: entry.cleared.keepStarred }),
        ...(entry.deleted === undefined ? {} : { deleted: entry.deleted }),
      }),
      { except: entry.by },
    );
  },
  'chat.disappears': (world, { chat: key, by, after }) => {
    const chat = openChat(world.state, key);
    chat.disappearsAfter = after;
    for (const person of peopleOf(world.state, chat)) {
      const side = sideOf(person, chat);
      world.tell(person, () => ({ s: 'chat', chat: wireChat(world.state, person, side) }), { except: by });
    }
  },
  'label.changed': (world, { account, id, name, color, removed }) => {
    const me = getAccount(world.state, account);
    if (removed === true) {
      me.labels.delete(id);
      for (const side of me.sides.values()) if (side.labels.includes(id)) side.labels = side.labels.filter((label) => label !== id);
    } else me.labels.set(id, { id, name: name ?? me.labels.get(id)?.name ?? '', color: color ?? me.labels.get(id)?.color ?? 0 });
    world.tell(me, () => ({ s: 'labels', labels: [...me.labels.values()] }));
  },
};

const changeSide = (side: ChatSide, { archived, pinnedAt, mutedUntil, markedUnread, labels, cleared, deleted }: EntryOf<'chat.changed'>): void => {
  side.archived = archived ?? side.archived;
  side.pinnedAt = pinnedAt ?? side.pinnedAt;
  side.mutedUntil = mutedUntil ?? side.mutedUntil;
  side.markedUnread = markedUnread ?? side.markedUnread;
  side.labels = labels ?? side.labels;
  if (cleared !== undefined || deleted === true) clear(side, cleared?.keepStarred ?? false);
  side.deleted = deleted ?? side.deleted;
};

const clear = (side: ChatSide, keepStarred: boolean): void => {
  side.clearedTo = side.chat.messages.length;
  side.readTo = side.clearedTo;
  side.unread = 0;
  if (!keepStarred) side.starred?.clear();
};
