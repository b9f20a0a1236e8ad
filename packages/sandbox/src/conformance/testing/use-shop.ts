import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { Client } from 'whatsapp-web.js';
import type { Faults } from '../../faults/faults.ts';
import type { NewAccount } from '../../network/network.ts';
import type { Device } from './device.ts';
import type { Ear } from './listen.ts';
import type { Phone } from './phone.ts';
import type { TestChromium } from './test-chromium.ts';
import { openWorld, type World } from './world.ts';

/** How a network treats its people, where WhatsApp is known to do both. */
export interface Order {
  offlineBeforeSync: boolean;
  addressing: 'phone' | 'lid';
}

const orders: readonly Order[] = [
  { offlineBeforeSync: true, addressing: 'phone' },
  { offlineBeforeSync: true, addressing: 'lid' },
  { offlineBeforeSync: false, addressing: 'phone' },
  { offlineBeforeSync: false, addressing: 'lid' },
];

/** The same tests in all four; what is not said there is tested in the first only. */
export const inEachOrder = (tests: (order: Order) => void): void => {
  for (const order of orders) {
    const { offlineBeforeSync, addressing } = order;
    describe(`with the offline batch ${offlineBeforeSync ? 'before' : 'after'} the sync and chats by ${addressing === 'lid' ? 'LID' : 'phone number'}`, () => {
      tests(order);
    });
  }
};

export interface ShopOptions {
  order?: Order;
  shop?: Partial<NewAccount>;
  faults?: Faults;
}

/** A shop whose WhatsApp is linked to the library, with customers who write to it. */
export interface Shop {
  readonly world: World;
  readonly phone: Phone;
  readonly device: Device;
  readonly client: Client;
  readonly ear: Ear;
  /** Somebody new, not known to the shop. */
  customer: (account?: Partial<NewAccount>) => Phone;
  /** The id of a message in the shop's client. */
  idOf: (message: { chat: string; id: string; fromMe: boolean; participant?: string }) => string;
}

/** Links one client before the tests of a `describe`, and closes it after them. */
export const useShop = (chromium: TestChromium, options: ShopOptions = {}): Shop => {
  const { order = { offlineBeforeSync: true, addressing: 'phone' } } = options;
  let held: { world: World; phone: Phone; device: Device } | undefined;
  const get = () => {
    if (held === undefined) throw new Error('the shop is not open');
    return held;
  };
  beforeAll(async () => {
    if (chromium.executablePath === undefined) return;
    const world = await openWorld({ offlineBeforeSync: order.offlineBeforeSync, ...options.faults });
    try {
      const phone = world.newPhone({ addressing: order.addressing, ...options.shop });
      held = { world, phone, device: await world.link(phone, chromium) };
    } catch (error) {
      await world.close();
      throw error;
    }
  });
  // A test that failed under a fault must not fail the next.
  afterEach(() => held?.world.clearFaults());
  afterAll(async () => {
    await held?.device.close();
    await held?.world.close();
  });
  return {
    get world() {
      return get().world;
    },
    get phone() {
      return get().phone;
    },
    get device() {
      return get().device;
    },
    get client() {
      return get().device.client;
    },
    get ear() {
      return get().device.ear;
    },
    customer: (account) => get().world.newPhone({ addressing: order.addressing, ...account }),
    idOf: ({ chat, id, fromMe, participant }) => [String(fromMe), chat, id, ...(participant === undefined ? [] : [participant])].join('_'),
  };
};
