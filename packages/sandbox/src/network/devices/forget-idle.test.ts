import { expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork } from '../testing/open-test-network.ts';

const DAY_MS = 86_400_000;

test('a device that has not come for 30 days is not linked any more, and one that is there stays', () => {
  const { network, phone, pass, entries } = openTestNetwork();
  const [shop, customer] = [phone('Shop'), phone('Customer')];
  const [away, here] = [openPage(network, shop.account), openPage(network, shop.account)];
  away.close();
  pass(29 * DAY_MS);
  customer.text(shop.at, 'Are you there?');
  expect(network.view(shop.account).devices).toHaveLength(2);
  pass(2 * DAY_MS);
  expect(network.view(shop.account).devices).toMatchObject([{ device: here.device, connected: true }]);
  expect(entries().filter(({ e }) => e === 'device.unlinked')).toMatchObject([{ device: away.device, reason: 'unpaired' }]);
  expect(away.login()).toBe(false);
});
