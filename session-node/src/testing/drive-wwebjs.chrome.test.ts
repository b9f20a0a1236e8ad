import type { Chat } from '@waxos/contract/node-link/identities';
import { inOneChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import { openWorld } from '@waxos/sandbox/conformance/testing/world';
import { afterEach } from 'vitest';
import { describeDriver } from '../session/testing/driver-suite.ts';
import { drive } from '../whatsapp/testing/drive.ts';

/** The real driver keeps the promise that the sessions' tests have of the pretended one. */
inOneChromium((chromium) => {
  let opened: (() => Promise<void>)[] = [];
  afterEach(async () => {
    const closing = opened;
    opened = [];
    for (const close of closing) await close();
  });
  for (const addressing of ['phone', 'lid'] as const) {
    let ids = 0;
    describeDriver(`whatsapp-web.js, chats by ${addressing}`, async () => {
      const world = await openWorld();
      opened.unshift(() => world.close());
      const [shop, customer] = [world.newPhone({ addressing }), world.newPhone({ addressing })];
      const driven = await drive(world, chromium);
      opened.unshift(() => driven.close());
      const chat: Chat = { kind: 'person', person: { phone: customer.number, lid: customer.account } };
      return {
        driver: driven.driver,
        told: driven.told,
        chat,
        messageId: () => `3EB0D${String(++ids).padStart(17, '0')}`,
        scan: async () => void shop.act('device.scan', { qr: (await driven.until('qr')).qr }),
        receive: (text) => void customer.say(shop.address, text),
        tick: (id, ack) => {
          if (ack === 3) customer.act('message.read', { chat: shop.address, upTo: id });
        },
        kill: () => void process.kill(driven.browser.process()?.pid ?? 0, 'SIGKILL'),
        now: Date.now,
      };
    });
  }
});
