import { workspaceEventSchema } from '@waxos/contract/events';
import { expect, test } from 'vitest';
import { staleAfter } from './stale-after.ts';

/** Of what no page shows yet. */
const unshown: readonly string[] = ['contact.changed', 'conversation.changed', 'conversation.merged', 'message.added', 'message.changed', 'gap.found', 'call.noticed'];
const types = workspaceEventSchema.options.map((option) => option.shape.type.value).filter((type) => !unshown.includes(type));

test('what no page shows makes nothing be asked again, however much there is of it', () => {
  expect(staleAfter({ reload: false, events: [{ event: { type: 'message.added' } }, { event: { type: 'call.noticed' } }] }).size).toBe(0);
});

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
