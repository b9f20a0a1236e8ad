import { timeZoneSchema } from '@waxos/contract/fields';
import { expect, test } from 'vitest';
import { timeZoneChoices } from './time-zones.ts';

const winter = new Date('2026-01-15T12:00:00Z');

test('every zone offered is one the server takes', () => {
  const refused = timeZoneChoices('UTC', 'en', winter).filter((choice) => !timeZoneSchema.safeParse(choice.value).success);
  expect(refused).toEqual([]);
});

test('zones run from west to east', () => {
  const order = timeZoneChoices('UTC', 'en', winter).map((choice) => choice.value);
  const positions = ['Pacific/Honolulu', 'America/Sao_Paulo', 'UTC', 'Asia/Jakarta', 'Pacific/Auckland'].map((zone) => order.indexOf(zone));
  expect(positions).toEqual([...positions].sort((one, other) => one - other));
});

test('a zone that this browser does not list stays chosen', () => {
  expect(timeZoneChoices('Etc/GMT+3', 'en', winter).map((choice) => choice.value)).toContain('Etc/GMT+3');
});

test('a zone is written with its offset', () => {
  expect(timeZoneChoices('UTC', 'en', winter).find((choice) => choice.value === 'America/Sao_Paulo')?.label).toBe('America/Sao Paulo (GMT-3)');
});
