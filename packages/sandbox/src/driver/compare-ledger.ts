import type { LedgerEntry } from '../network/ledger-entry.ts';

/** A message as the ledger has it: what somebody should have got, in this order. */
export interface Expected {
  conversation: string;
  id: string;
  author: string;
}

/** A message as somebody else has it: a page, a database, a client. Its order is the list's. */
export interface Observed {
  id: string;
}

export interface Comparison {
  expected: number;
  observed: number;
  lost: Expected[];
  /** Seen more than once, each as often as it was too many. */
  doubled: Expected[];
  /** Seen after one that was said later in the same conversation: the fewest that have to move. */
  outOfOrder: Expected[];
  /** Seen, but the ledger has no such message. */
  unknown: string[];
  conversations: Map<string, { expected: number; lost: number; doubled: number; outOfOrder: number }>;
}

interface Choice {
  /** Only what this account should have: it took part, and did not write it unless `own`. */
  account: string;
  own?: boolean;
}

/** What the ledger says an account was sent, in the network's order. */
export const expectedFor = (entries: Iterable<LedgerEntry>, { account, own = false }: Choice): Expected[] => {
  const groups = new Map<string, Set<string>>();
  const found: Expected[] = [];
  for (const entry of entries) {
    if (entry.e === 'group.created') groups.set(`g:${entry.group}`, new Set([entry.owner, ...entry.participants]));
    if (entry.e === 'group.participants') follow(groups.get(`g:${entry.group}`), entry.change, entry.people);
    if (entry.e !== 'message.sent' || (!own && entry.author === account)) continue;
    const takesPart = entry.chat.startsWith('g:') ? groups.get(entry.chat)?.has(account) === true : entry.chat.split(':').includes(account);
    if (takesPart) found.push({ conversation: entry.chat, id: entry.id, author: entry.author });
  }
  return found;
};

const follow = (members: Set<string> | undefined, change: string, people: readonly string[]): void => {
  for (const person of people) {
    if (change === 'add' || change === 'join') members?.add(person);
    if (change === 'remove' || change === 'leave') members?.delete(person);
  }
};

/** What is missing, what is there twice and what is out of order, by conversation. */
export const compareLedger = (expected: readonly Expected[], observed: readonly Observed[]): Comparison => {
  const places = new Map(expected.map((message, place) => [message.id, { message, place }]));
  const seen = new Map<string, number>();
  const unknown: string[] = [];
  const threads = new Map<string, number[]>();
  const threadOf = (conversation: string): number[] => {
    const thread = threads.get(conversation) ?? [];
    threads.set(conversation, thread);
    return thread;
  };
  for (const { id } of observed) {
    const there = places.get(id);
    if (there === undefined) unknown.push(id);
    else {
      seen.set(id, (seen.get(id) ?? 0) + 1);
      // A repetition is counted as one; its place says nothing of the order.
      if (seen.get(id) === 1) threadOf(there.message.conversation).push(there.place);
    }
  }
  const lost = expected.filter(({ id }) => !seen.has(id));
  const doubled = expected.flatMap((message) => Array.from({ length: Math.max(0, (seen.get(message.id) ?? 0) - 1) }, () => message));
  const outOfOrder = [...threads.values()].flatMap((order) => misplaced(order)).flatMap((place) => expected[place] ?? []);
  return { expected: expected.length, observed: observed.length, lost, doubled, outOfOrder, unknown, conversations: tally(expected, { lost, doubled, outOfOrder }) };
};

/** The fewest places that have to move so that the rest is ascending. */
const misplaced = (order: readonly number[]): number[] => {
  const tails: number[] = [];
  const before: (number | undefined)[] = [];
  for (const [index, place] of order.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((order[tails[middle] ?? -1] ?? Infinity) < place) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1];
    tails[low] = index;
  }
  const kept = new Set<number>();
  for (let index = tails.at(-1); index !== undefined; index = before[index]) kept.add(index);
  return order.filter((_, index) => !kept.has(index));
};

const tally = (expected: readonly Expected[], faults: Pick<Comparison, 'lost' | 'doubled' | 'outOfOrder'>): Comparison['conversations'] => {
  const conversations: Comparison['conversations'] = new Map();
  const count = (messages: readonly Expected[], what: 'expected' | 'lost' | 'doubled' | 'outOfOrder'): void => {
    for (const { conversation } of messages) {
      const row = conversations.get(conversation) ?? { expected: 0, lost: 0, doubled: 0, outOfOrder: 0 };
      row[what] += 1;
      conversations.set(conversation, row);
    }
  };
  count(expected, 'expected');
  for (const [what, messages] of Object.entries(faults)) count(messages, what as keyof typeof faults);
  return conversations;
};
