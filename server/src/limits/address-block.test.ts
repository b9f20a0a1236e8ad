import { expect, test } from 'vitest';
import { blockOf } from './address-block.ts';

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:aaaa::1', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
])('%s counts as %s', (address, block) => {
  expect(blockOf(address)).toBe(block);
});

test('addresses of neighbouring networks count apart', () => {
  expect(blockOf('2001:db8:1:2::1')).not.toBe(blockOf('2001:db8:1:3::1'));
});
