import { stoppedClock } from '@waxos/process/clock';
import type { ActArgs, ActName } from '../../acts/acts.ts';
import type { ActValue } from '../../wire/results.ts';
import type { LedgerEntry } from '../ledger-entry.ts';
import type { Journal } from '../ledgers/journal.ts';
import type { Network, NewAccount } from '../network.ts';
import { openNetwork } from '../open-network.ts';
import type { ThreadMessage } from '../phone-view.ts';
import { createRandom } from '../random.ts';

export interface TestPhone {
  account: string;
  /** Its address by phone number. */
  at: string;
  lid: string;
  act: <N extends ActName>(name: N, args: ActArgs<N>) => ActValue<N>;
  text: (chat: string, text: string) => string;
  thread: (chat: string) => ThreadMessage[];
  texts: (chat: string) => string[];
}

export interface TestNetwork {
  network: Network;
  clock: ReturnType<typeof stoppedClock>;
  phone: (name: string, more?: Partial<NewAccount>) => TestPhone;
  entries: () => LedgerEntry[];
  /** Time passes, and alarms ring on their way. */
  pass: (ms: number) => void;
}

const start = new Date('2026-05-01T08:00:00Z');

export const openTestNetwork = ({ id = 'test', seed = 'seed', journal }: { id?: string; seed?: string; journal?: Journal } = {}): TestNetwork => {
  const clock = stoppedClock(start);
  const alarms: { at: number; run: () => void }[] = [];
  const after = (ms: number, run: () => void): (() => void) => {
    const alarm = { at: clock.now().getTime() + ms, run };
    alarms.push(alarm);
    return () => void (alarms.includes(alarm) && alarms.splice(alarms.indexOf(alarm), 1));
  };
  const network = openNetwork({ id, clock, random: createRandom(`${id} ${seed}`), after, ...(journal === undefined ? {} : { journal }) });
  let phones = 0;
  return {
    network,
    clock,
    entries: () => network.ledger.read(1, network.ledger.size()),
    phone: (name, more = {}) => {
      phones += 1;
      const { account, phone } = network.addAccount({ phone: String(49_155_000_000_00 + phones), name, ...more });
      return holdPhone(network, account, phone);
    },
    pass: (ms) => {
      const end = clock.now().getTime() + ms;
      for (;;) {
        const [next] = alarms.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        alarms.splice(alarms.indexOf(next), 1);
        clock.advance(Math.max(0, next.at - clock.now().getTime()));
        next.run();
      }
      clock.advance(end - clock.now().getTime());
    },
  };
};

const holdPhone = (network: Network, account: string, number: string): TestPhone => {
  const act: TestPhone['act'] = (name, args) => network.perform({ account, by: 'phone' }, name, args);
  const thread = (chat: string): ThreadMessage[] => network.thread(account, chat, { limit: 1_000 }).messages;
  return {
    account,
    at: `${number}@c.us`,
    lid: `${account}@lid`,
    act,
    text: (chat, text) => act('message.send', { chat, content: { kind: 'text', text } }).id,
    thread,
    texts: (chat) => thread(chat).flatMap(({ content }) => (content.kind === 'text' ? [content.text] : [])),
  };
};
