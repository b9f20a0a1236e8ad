import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { openTestNetwork } from '../testing/open-test-network.ts';

test('what changes in one turn is told once, with everyone whose phone shows it', async () => {
  const { network, phone } = openTestNetwork();
  const [shop, customer, stranger] = [phone('Shop'), phone('Customer'), phone('Stranger')];
  const told: string[][] = [];
  const stop = network.watch((accounts) => told.push([...accounts].toSorted()));
  for (const text of ['1', '2', '3']) customer.text(shop.at, text);
  expect(told).toEqual([]);
  await waitFor(() => (told.length > 0 ? true : undefined), { timeoutMs: 2_000, what: 'the change' });
  expect(told).toEqual([[shop.account, customer.account].toSorted()]);
  stop();
  customer.text(stranger.at, 'Hello');
  await new Promise(setImmediate);
  expect(told).toHaveLength(1);
});
