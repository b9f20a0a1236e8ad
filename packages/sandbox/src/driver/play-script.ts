import type { Clock } from '@waxos/process/clock';
import type { Random } from '../network/random.ts';
import type { Script } from './script.ts';
import type { Stage } from './stage.ts';
import { openRoles, type Customer, type Roles } from './open-roles.ts';
import { throwDice, type Dice } from './throw-dice.ts';

export interface Played {
  messages: number;
  edits: number;
  reactions: number;
  answers: number;
  /** Refused or failed, with the reason: none where no fault is switched on. */
  failures: string[];
  /** The furthest it fell behind its schedule. */
  lateMs: number;
}

interface PlayOptions {
  stage: Stage;
  random: Random;
  clock: Clock;
  pause: (ms: number) => Promise<void>;
  signal: AbortSignal;
  durationMs: number;
}

const tickMs = 20;

/** Plays until its time is over or it is told to stop; what was begun is finished. */
export const playScript = async (script: Script, options: PlayOptions): Promise<Played> => {
  const { stage, clock, pause, signal, durationMs } = options;
  const dice = throwDice(options.random);
  const played: Played = { messages: 0, edits: 0, reactions: 0, answers: 0, failures: [], lateMs: 0 };
  const roles = await openRoles(script, { stage, dice });
  const ending = new AbortController();
  let due: { at: number; act: () => Promise<void> }[] = [];
  const underWay = new Set<Promise<void>>();
  const now = (): number => clock.now().getTime();

  const begin = (act: () => Promise<void>): void => {
    const task: Promise<void> = act()
      .catch((error: unknown) => void played.failures.push(error instanceof Error ? error.message : String(error)))
      .finally(() => underWay.delete(task));
    underWay.add(task);
  };
  if (script.answerAfterMs !== undefined) answerShops({ script, roles, dice, options, played, later: (at, act) => void due.push({ at, act }) }, ending.signal);

  const started = now();
  let begun = 0;
  while (!signal.aborted && now() - started < durationMs) {
    // By the clock, not by the last tick: a slow moment is made up for, so that the rate holds.
    const wanted = Math.floor(((now() - started) / 1_000) * script.perSecond);
    if (wanted > begun) played.lateMs = Math.max(played.lateMs, Math.round(((wanted - begun) / script.perSecond) * 1_000) - tickMs);
    for (; begun < wanted; begun += 1) begin(() => speak(script, roles, { stage, dice, played }));
    const at = now();
    const ripe = due.filter((one) => one.at <= at);
    due = due.filter((one) => one.at > at);
    for (const { act } of ripe) begin(act);
    await pause(tickMs);
  }
  ending.abort();
  await Promise.all(underWay);
  return played;
};

interface Speaking {
  stage: Stage;
  dice: Dice;
  played: Played;
}

const speak = async (script: Script, roles: Roles, { stage, dice, played }: Speaking): Promise<void> => {
  const customer = dice.pick(roles.customers);
  const last = customer.said.at(-1);
  const chance = dice.next();
  if (last !== undefined && chance < (script.edits ?? 0) && last.text) {
    await stage.perform(customer.account, 'message.edit', { message: { chat: last.chat, id: last.id }, text: `${roles.sentence()} (corrected)` });
    played.edits += 1;
  } else if (customer.heard !== undefined && chance < (script.edits ?? 0) + (script.reactions ?? 0)) {
    await stage.perform(customer.account, 'message.react', { message: customer.heard, emoji: dice.pick(['👍', '❤️', '😂', '🙏']) });
    played.reactions += 1;
  } else {
    await say(customer, dice.next() < (script.groups ?? 0) ? roles.groupOf(customer) : dice.pick(customer.shops), { script, roles, stage, dice });
    played.messages += 1;
  }
};

const say = async (customer: Customer, chat: string, { script, roles, stage, dice }: { script: Script; roles: Roles; stage: Stage; dice: Dice }): Promise<void> => {
  const withMedia = dice.next() < (script.media ?? 0);
  const content = withMedia ? roles.picture() : ({ kind: 'text', text: roles.sentence() } as const);
  const { id } = await stage.perform(customer.account, 'message.send', { chat, content });
  customer.said = [{ chat, id, text: !withMedia }];
};

interface Answering {
  script: Script;
  roles: Roles;
  dice: Dice;
  options: PlayOptions;
  played: Played;
  later: (at: number, act: () => Promise<void>) => void;
}

/** A customer whom a shop has written to answers once, a while later. */
const answerShops = ({ script, roles, dice, options, played, later }: Answering, signal: AbortSignal): void => {
  const { stage, clock } = options;
  const [soonest = 0, latest = 0] = script.answerAfterMs ?? [];
  stage.watch((entry) => {
    if (entry.e !== 'message.sent' || !script.shops.includes(entry.author) || !entry.chat.startsWith('d:')) return;
    const customer = roles.customerIn(entry.chat);
    if (customer === undefined) return;
    const shop = roles.shopAddress(entry.author);
    customer.heard = { chat: shop, id: entry.id, author: shop };
    later(clock.now().getTime() + soonest + dice.next() * (latest - soonest), async () => {
      await say(customer, shop, { script: { ...script, media: 0 }, roles, stage, dice });
      played.answers += 1;
    });
  }, signal);
};
