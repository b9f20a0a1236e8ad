import type { Content } from '../acts/contents.ts';
import type { MessageRef } from '../acts/message-acts.ts';
import type { Script } from './script.ts';
import type { Stage } from './stage.ts';
import type { Dice } from './throw-dice.ts';

export interface Customer {
  account: string;
  /** Addresses of the shops it writes to. */
  shops: string[];
  /** What it said last; edits change it. */
  said: { chat: string; id: string; text: boolean }[];
  /** What a shop said to it last; reactions go there. */
  heard?: MessageRef;
}

/** Who plays, and what there is to say. */
export interface Roles {
  customers: Customer[];
  groupOf: (customer: Customer) => string;
  customerIn: (chat: string) => Customer | undefined;
  shopAddress: (account: string) => string;
  sentence: () => string;
  picture: () => Extract<Content, { kind: 'image' }>;
}

const openings = ['Hello,', 'Good morning,', 'Hi again,', 'One more question:', 'Sorry,', 'Oi,', 'مرحبا,'];
const questions = ['is my order on its way?', 'do you have this in blue?', 'what does delivery cost?', 'can I still change the address?', 'are you open on Saturday?', 'o pedido já saiu?', 'هل لديكم مقاس أكبر؟', 'thanks, that is all 👍'];
const groupSize = 8;

/** A picture of one pixel, another one each time by what follows the end of the image. */
const pixel = Buffer.from('/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAP//////////////////////////////////////////////////////////////////////////////////////wgALCAABAAEBAREA/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/aAAgBAQABPxA=', 'base64');
const pictureCount = 16;

export const openRoles = async (script: Script, { stage, dice }: { stage: Stage; dice: Dice }): Promise<Roles> => {
  const shops = new Map<string, string>();
  for (const account of script.shops) shops.set(account, await stage.addressOf(account));
  const addresses = [...shops.values()];
  const customers: Customer[] = [];
  for (let number = 1; number <= script.customers; number += 1) {
    const { account } = await stage.addCustomer(`Customer ${number}`);
    customers.push({ account, shops: [addresses[number % addresses.length] ?? ''], said: [] });
  }
  const groups = (script.groups ?? 0) > 0 ? await makeGroups(customers, stage) : new Map<string, string>();
  const pictures = (script.media ?? 0) > 0 ? await Promise.all(Array.from({ length: pictureCount }, (_, index) => stage.upload(Buffer.concat([pixel, Buffer.from([index])]), 'image/jpeg'))) : [];
  const byAccount = new Map(customers.map((customer) => [customer.account, customer]));
  let said = 0;
  const sentence = (): string => `${dice.pick(openings)} ${dice.pick(questions)} (${++said})`;
  return {
    customers,
    sentence,
    groupOf: ({ account, shops: [shop = ''] }) => groups.get(account) ?? shop,
    customerIn: (chat) => chat.split(':').map((part) => byAccount.get(part)).find((customer) => customer !== undefined),
    shopAddress: (account) => shops.get(account) ?? '',
    picture: () => ({ kind: 'image', media: dice.pick(pictures), caption: sentence() }),
  };
};

/** Customers of the same shop in groups of eight, with the shop among them. */
const makeGroups = async (customers: readonly Customer[], stage: Stage): Promise<Map<string, string>> => {
  const groups = new Map<string, string>();
  for (const [shop = '', members] of Map.groupBy(customers, ({ shops }) => shops[0])) {
    for (let start = 0; start < members.length; start += groupSize) {
      const [first, ...others] = members.slice(start, start + groupSize);
      if (first === undefined) continue;
      const people = await Promise.all(others.map(({ account }) => stage.addressOf(account)));
      const { group } = await stage.perform(first.account, 'group.create', { subject: `Orders ${groups.size + 1}`, participants: [shop, ...people] });
      for (const { account } of [first, ...others]) groups.set(account, group.id);
    }
  }
  return groups;
};
