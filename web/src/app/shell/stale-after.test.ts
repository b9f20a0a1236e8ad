import { workspaceEventSchema } from '@waxos/contract/events';
import { expect, test } from 'vitest';
import { staleAfter } from './stale-after.ts';

const types = workspaceEventSchema.options.map((option) => option.shape.type.value);

test.each(types)('%s makes something be asked again, and the audit log', (type) => {
  const stale = staleAfter({ reload: false, events: [{ event: { type } }] });
  expect(stale.has('audit')).toBe(true);
  expect(stale.size).toBeGreaterThan(1);
});

test('nothing new makes nothing be asked again', () => {
  expect(staleAfter({ reload: false, events: [] }).size).toBe(0);
});

test('several events ask for each thing once', () => {
  const event = { type: 'member.role_changed' } as const;
  expect([...staleAfter({ reload: false, events: [{ event }, { event }] })].sort()).toEqual(['account', 'apiKeys', 'audit', 'members']);
});

test('a cursor that is too old makes everything be asked again', () => {
  expect([...staleAfter({ reload: true, events: [] })].sort()).toEqual(['account', 'apiKeys', 'audit', 'devices', 'invitations', 'members', 'workspaces']);
});
