import { compareLedger, expectedFor } from '@waxos/sandbox/driver/compare-ledger';
import type { LedgerEntry } from '@waxos/sandbox/network/ledger-entry';
import type { InboxMessage } from './open-inbox.ts';

/** What an inbox says of a device, against what happened. Every list but `expected` should be empty. */
export interface InboxVerdict {
  expected: number;
  /** Happened, and nobody will ever see it. */
  lost: string[];
  /** There twice, under two names. */
  doubled: string[];
  /** Shown in another order than it was said in, in its conversation. */
  outOfOrder: string[];
  /** Never happened. */
  unknown: string[];
  /** Shown in a conversation that it is not of. */
  misfiled: string[];
  /** Shown as it was before it was edited. */
  stale: string[];
  /** Shown with other reactions than it has. */
  misreacted: string[];
}

interface Compared {
  account: string;
  /** The device itself, each link under a name of its own: what it sent is placed among what came by chance, and so is compared apart. */
  devices: ReadonlySet<string>;
  rows: readonly InboxMessage[];
  /** The account of each phone number, digits. */
  accounts: ReadonlyMap<string, string>;
}

export const compareInbox = (entries: readonly LedgerEntry[], { account, devices, rows, accounts }: Compared): InboxVerdict => {
  const sent = new Map(entries.flatMap((entry) => (entry.e === 'message.sent' ? [[entry.id, entry] as const] : [])));
  const noticed = new Set(entries.flatMap((entry) => (entry.e === 'message.noticed' ? [entry.id] : [])));
  const expected = expectedFor(entries, { account, own: true });
  const observed = rows.filter(({ key }) => !noticed.has(key.id)).map(({ key }) => ({ id: key.id }));
  const isOwn = ({ id }: { id: string }): boolean => devices.has(sent.get(id)?.by ?? '');
  const whole = compareLedger(expected, observed);
  const parts = [isOwn, (one: { id: string }) => !isOwn(one)].map((isIt) => compareLedger(expected.filter(isIt), observed.filter(isIt)));
  const shown = rows.flatMap((row) => {
    const entry = sent.get(row.key.id);
    return entry === undefined ? [] : [{ row, entry }];
  });
  const texts = finalTexts(entries);
  const reactions = finalReactions(entries);
  return {
    expected: whole.expected,
    lost: whole.lost.map(({ id }) => id),
    doubled: whole.doubled.map(({ id }) => id),
    outOfOrder: parts.flatMap(({ outOfOrder }) => outOfOrder.map(({ id }) => id)),
    unknown: whole.unknown,
    misfiled: shown.filter(({ row, entry }) => chatOf(row, account, accounts) !== entry.chat || row.key.fromMe !== (entry.author === account)).map(({ row }) => row.key.id),
    stale: shown.filter(({ row }) => texts.has(row.key.id) && textOf(row) !== texts.get(row.key.id)).map(({ row }) => row.key.id),
    misreacted: shown.filter(({ row }) => describe(renamed(row.reactions, accounts)) !== describe(reactions.get(row.key.id) ?? new Map<string, string>())).map(({ row }) => row.key.id),
  };
};

const textOf = ({ content }: InboxMessage): string | undefined => (content.kind === 'text' ? content.text : undefined);

const accountOf = (name: string, accounts: ReadonlyMap<string, string>): string => (name.startsWith('+') ? (accounts.get(name.slice(1)) ?? name) : name);

/** As the ledger names it. */
const chatOf = ({ key: { chat } }: InboxMessage, account: string, accounts: ReadonlyMap<string, string>): string => {
  if (chat.kind === 'group') return `g:${chat.group}`;
  const { phone = '', lid } = chat.person;
  return `d:${[account, lid ?? accountOf(`+${phone}`, accounts)].toSorted().join(':')}`;
};

const finalTexts = (entries: readonly LedgerEntry[]): Map<string, string> => {
  const texts = new Map<string, string>();
  for (const entry of entries) {
    if (entry.e === 'message.sent' && entry.content.kind === 'text') texts.set(entry.id, entry.content.text);
    if (entry.e === 'message.edited') texts.set(entry.id, entry.text);
  }
  return texts;
};

const finalReactions = (entries: readonly LedgerEntry[]): Map<string, Map<string, string>> => {
  const found = new Map<string, Map<string, string>>();
  for (const entry of entries) {
    if (entry.e !== 'message.reacted') continue;
    const ofMessage = found.get(entry.id) ?? new Map<string, string>();
    found.set(entry.id, ofMessage.set(entry.who, entry.emoji));
  }
  return found;
};

const renamed = (reactions: ReadonlyMap<string, string>, accounts: ReadonlyMap<string, string>): Map<string, string> => new Map([...reactions].map(([name, emoji]) => [accountOf(name, accounts), emoji]));

/** A reaction taken back is none. */
const describe = (reactions: ReadonlyMap<string, string>): string =>
  [...reactions]
    .filter(([, emoji]) => emoji !== '')
    .map((pair) => pair.join(' '))
    .toSorted()
    .join(', ');
