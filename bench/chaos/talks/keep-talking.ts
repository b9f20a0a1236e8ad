import { setTimeout as pause } from 'node:timers/promises';
import type { ActArgs, ActName } from '@waxos/sandbox/acts/acts';
import type { MessageRef } from '@waxos/sandbox/acts/message-acts';
import type { Dice } from '@waxos/sandbox/driver/throw-dice';
import type { ControlClient } from '@waxos/sandbox/server/control-client';
import type { ActValue } from '@waxos/sandbox/wire/results';
import { NETWORK, type Customer, type Shop } from '../fleets/set-stage.ts';
import type { ChaosGateway } from '../gateways/open-chaos-gateway.ts';

/** What is said on all sides: by customers, by the shops' own phones, and by the gateway through the devices. */
export interface Talk {
  written: { customers: number; phones: number; gateway: number; edits: number; reactions: number };
  /** Refused by the network: a fault of the script. */
  failures: string[];
  /** Resolves when what was begun is said. */
  stop: () => Promise<void>;
}

interface TalkOptions {
  gateway: ChaosGateway;
  control: ControlClient;
  shops: readonly Shop[];
  dice: Dice;
  /** Messages a second, of all together. */
  perSecond: number;
}

/** What somebody said last in a chat, from the view of one who is in it. */
interface Said {
  who: string;
  message: MessageRef;
}

const tickMs = 20;
const share = { customers: 0.45, gateway: 0.4, groups: 0.2, edits: 0.05, reactions: 0.05 };

export const keepTalking = ({ gateway, control, shops, dice, perSecond }: TalkOptions): Talk => {
  const talk: Omit<Talk, 'stop'> = { written: { customers: 0, phones: 0, gateway: 0, edits: 0, reactions: 0 }, failures: [] };
  const underWay = new Set<Promise<void>>();
  const said: Said[] = [];
  let texts = 0;
  let talking = true;

  const act = <N extends ActName>(account: string, name: N, args: ActArgs<N>): Promise<ActValue<N>> => control.perform(NETWORK, { account, by: 'phone' }, { name, args });
  const write = async (account: string, chat: string, author: string): Promise<void> => {
    const { id } = await act(account, 'message.send', { chat, content: { kind: 'text', text: `what about number ${++texts}?` } });
    said.push({ who: account, message: { chat, id, author } });
    if (said.length > 50) said.shift();
  };
  const ofCustomer = (shop: Shop, customer: Customer): Promise<void> => write(customer.account, dice.next() < share.groups ? shop.group : shop.address, customer.address);
  const ofPhone = (shop: Shop, customer: Customer): Promise<void> => write(shop.account, dice.next() < share.groups ? shop.group : customer.address, shop.address);
  const begin = (kind: keyof Talk['written'], work: Promise<void>): void => {
    talk.written[kind] += 1;
    const task: Promise<void> = work.catch((error: unknown) => void talk.failures.push(`${kind}: ${error instanceof Error ? error.message : String(error)}`)).finally(() => underWay.delete(task));
    underWay.add(task);
  };
  const edit = async ({ who, message }: Said): Promise<void> => void (await act(who, 'message.edit', { message: { chat: message.chat, id: message.id }, text: `rather number ${++texts}!` }));
  const react = async ({ who, message }: Said): Promise<void> => void (await act(who, 'message.react', { message, emoji: dice.pick(['👍', '❤️', '😂', '']) }));
  const speak = (): void => {
    const shop = dice.pick(shops);
    const customer = dice.pick(shop.customers);
    const chance = dice.next();
    if (chance < share.customers) begin('customers', ofCustomer(shop, customer));
    else if (chance < share.customers + share.gateway) {
      talk.written.gateway += 1;
      gateway.send(toBeSent({ shop, customer, number: ++texts, dice }));
    } else begin('phones', ofPhone(shop, customer));
    if (said.length > 0 && dice.next() < share.edits) begin('edits', edit(dice.pick(said)));
    if (said.length > 0 && dice.next() < share.reactions) begin('reactions', react(dice.pick(said)));
  };
  const run = async (): Promise<void> => {
    const from = performance.now();
    for (let begun = 0; talking; await pause(tickMs)) {
      // By the clock, not by the last tick: a slow moment is made up for, so that the rate holds.
      const wanted = Math.floor(((performance.now() - from) / 1_000) * perSecond);
      for (; begun < wanted; begun += 1) speak();
    }
  };
  const running = run();
  return {
    ...talk,
    stop: async () => {
      talking = false;
      await running;
      await Promise.all(underWay);
    },
  };
};

interface ToBeSent {
  shop: Shop;
  customer: Customer;
  number: number;
  dice: Dice;
}

export const toBeSent = ({ shop, customer, number, dice }: ToBeSent): Parameters<ChaosGateway['send']>[0] => {
  const toGroup = dice.next() < share.groups;
  const group = shop.group.replace(/@.*/, '');
  // Whichever of their addresses somebody may know.
  const person = dice.next() < 0.5 ? { phone: customer.phone } : { phone: customer.phone, lid: customer.account };
  return {
    id: `send-${number}`,
    device: shop.device,
    messageId: `3EB0${number.toString(16).toUpperCase().padStart(18, '0')}`,
    chat: toGroup ? { kind: 'group', group } : { kind: 'person', person },
    conversation: toGroup ? group : customer.account,
    text: `the answer is number ${number}`,
  };
};
