import { byOf, done, type Act } from '../act.ts';
import { chatFor } from '../chats/find-chat.ts';
import type { Core } from '../core.ts';
import type { AccountRecord } from '../records/account-record.ts';
import { getAccount } from '../records/network-state.ts';
import { SandboxRefusal } from '../refusal.ts';

const LABELS_MAX = 20;

const businessFor = (core: Core, account: string): AccountRecord => {
  const found = getAccount(core.state, account);
  if (found.business === undefined) throw new SandboxRefusal('not_allowed', 'Only business accounts have labels.');
  return found;
};

const checkLabel = ({ labels }: AccountRecord, id: string): void => {
  if (!labels.has(id)) throw new SandboxRefusal('not_found', `There is no label ${id}.`);
};

export const assign: Act<'label.assign'> = (core, actor, { chats: addresses, add, remove }) => {
  const me = businessFor(core, actor.account);
  for (const id of add) checkLabel(me, id);
  const chats = addresses.map((address) => chatFor(core, actor.account, address));
  for (const chat of chats) {
    const before = me.sides.get(chat.key)?.labels ?? [];
    const labels = [...new Set([...before, ...add])].filter((id) => !remove.includes(id));
    core.happen({ e: 'chat.changed', account: actor.account, by: byOf(actor), chat: chat.key, labels });
  }
  return done;
};

export const save: Act<'label.save'> = (core, actor, { id, name, color }) => {
  const me = businessFor(core, actor.account);
  if (id !== undefined) checkLabel(me, id);
  else if (me.labels.size >= LABELS_MAX) throw new SandboxRefusal('too_many', `There are ${LABELS_MAX} labels, which is the most. Remove one first.`);
  const chosen = id ?? nextId(me);
  core.happen({ e: 'label.changed', account: actor.account, by: byOf(actor), id: chosen, name, color });
  return { id: chosen, name, color };
};

const nextId = ({ labels }: AccountRecord): string => String(Math.max(0, ...[...labels.keys()].map(Number)) + 1);

export const remove: Act<'label.remove'> = (core, actor, { id }) => {
  checkLabel(businessFor(core, actor.account), id);
  core.happen({ e: 'label.changed', account: actor.account, by: byOf(actor), id, removed: true });
  return done;
};
