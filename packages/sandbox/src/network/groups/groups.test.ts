import { describe, expect, test } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { openTestNetwork, type TestPhone } from '../testing/open-test-network.ts';

const setUp = (settings: { announce?: boolean; restrict?: boolean; adminsAdd?: boolean; approval?: boolean } = {}) => {
  const made = openTestNetwork();
  const [owner, member, outsider] = [made.phone('Owner'), made.phone('Member'), made.phone('Outsider')];
  const { group } = owner.act('group.create', { subject: 'Regulars', participants: [member.at], ...settings });
  return { ...made, owner, member, outsider, group: group.id };
};
const eventsOf = (phone: TestPhone, group: string): string[] => phone.thread(group).flatMap(({ content }) => (content.kind === 'notice' && content.notice.kind === 'group' ? [content.notice.event] : []));

test('a new group has whoever may be added, and says of everyone else why not', () => {
  const { owner, member, phone, network } = setUp();
  const shy = phone('Shy', { groupInvites: 'nobody' });
  const page = openPage(network, member.account);
  const { group, participants } = owner.act('group.create', { subject: 'New', participants: [member.at, shy.at, '4999999999@c.us', member.lid] });
  expect(participants).toEqual([
    { person: member.at, code: 200 },
    { person: shy.at, code: 403, inviteCode: expect.any(String), inviteExpiresAt: expect.any(Number) },
    { person: '4999999999@c.us', code: 404 },
    { person: member.lid, code: 409 },
  ]);
  expect(group.participants).toEqual([
    { id: owner.at, isAdmin: true, isSuperAdmin: true },
    { id: member.at, isAdmin: false, isSuperAdmin: false },
  ]);
  expect(page.of('group')).toMatchObject([{ group: { id: group.id, subject: 'New' } }]);
  expect(page.messages()).toMatchObject([{ key: { chat: group.id, participant: owner.at }, content: { kind: 'notice', notice: { kind: 'group', event: 'create' } } }]);
});

test('whoever is added sees what is said from then on, and whoever leaves what was said until then', () => {
  const { owner, member, outsider, group } = setUp();
  owner.text(group, 'Before');
  owner.act('group.add', { group, people: [outsider.at] });
  owner.text(group, 'Together');
  outsider.act('group.leave', { group });
  owner.text(group, 'After');
  expect(outsider.texts(group)).toEqual(['Together']);
  expect(member.texts(group)).toEqual(['Before', 'Together', 'After']);
  expect(outsider.act('group.get', { group })).toMatchObject({ left: true });
  expect(eventsOf(outsider, group)).toEqual(['add', 'leave']);
  expect(() => outsider.text(group, 'Hello?')).toThrow(/no longer/);
  expect(() => outsider.act('message.react', { message: { chat: group, id: outsider.thread(group).find(({ content }) => content.kind === 'text')?.key.id ?? '' }, emoji: '👍' })).toThrow(/no longer/);
});

test('a group is shown to nobody who was never in it', () => {
  const { outsider, group, owner } = setUp();
  expect(() => outsider.act('group.get', { group })).toThrow(/in no group/);
  expect(() => outsider.text(group, 'Hello')).toThrow(/in no group/);
  expect(() => outsider.thread(group)).toThrow(/in no group/);
  expect(() => outsider.act('message.react', { message: { chat: group, id: owner.text(group, 'Hi') }, emoji: '👍' })).toThrow(/in no group/);
});

describe('a group message is ticked', () => {
  test('when everyone else has it, and blue when everyone else has read it', () => {
    const { owner, member, outsider, group, network } = setUp();
    owner.act('group.add', { group, people: [outsider.at] });
    const page = openPage(network, owner.account);
    member.act('phone.online', { online: false });
    const id = owner.text(group, 'Dinner?');
    const ack = () => owner.thread(group).find(({ key }) => key.id === id)?.ack;
    expect(ack()).toBe(1);
    member.act('phone.online', { online: true });
    expect(ack()).toBe(2);
    outsider.act('message.read', { chat: group });
    expect(ack()).toBe(2);
    expect(owner.act('message.info', { message: { chat: group, id } })).toMatchObject({ delivered: [{ who: outsider.at }, { who: member.at }], read: [{ who: outsider.at }] });
    member.act('message.read', { chat: group });
    expect(ack()).toBe(3);
    expect(page.of('receipt').map((receipt) => receipt.ack)).toEqual([2, 3]);
  });
});

describe('only admins', () => {
  test('write where the group is for announcements', () => {
    const { owner, member, group } = setUp({ announce: true });
    expect(() => member.text(group, 'Me too')).toThrow(/Only admins/);
    const id = owner.text(group, 'Closed tomorrow');
    expect(() => member.act('message.react', { message: { chat: group, id }, emoji: '👍' })).not.toThrow();
  });

  test('change a restricted group', () => {
    const { member, owner, group } = setUp({ restrict: true });
    expect(() => member.act('group.subject', { group, subject: 'Mine' })).toThrow(/Only admins/);
    expect(() => member.act('picture.set', { of: group, small: 'AA', large: 'BB' })).toThrow(/Only admins/);
    expect(() => member.act('chat.disappear', { chat: group, after: 60 })).toThrow(/Only admins/);
    owner.act('group.promote', { group, people: [member.at] });
    member.act('group.subject', { group, subject: 'Ours' });
    expect(owner.act('group.get', { group }).subject).toBe('Ours');
  });

  test('add where it is theirs, remove, promote, demote, decide and see the link', () => {
    const { member, outsider, owner, group } = setUp({ adminsAdd: true });
    for (const refused of [
      () => member.act('group.add', { group, people: [outsider.at] }),
      () => member.act('group.remove', { group, people: [owner.at] }),
      () => member.act('group.promote', { group, people: [member.at] }),
      () => member.act('group.demote', { group, people: [owner.at] }),
      () => member.act('group.inviteCode', { group }),
      () => member.act('group.requests', { group }),
      () => member.act('group.settings', { group, announce: true }),
    ])
      expect(refused).toThrow(/[Oo]nly admins/);
  });

  test('delete what others wrote, for everyone', () => {
    const { member, outsider, owner, group } = setUp();
    owner.act('group.add', { group, people: [outsider.at] });
    const id = outsider.text(group, 'Spam');
    expect(() => member.act('message.revoke', { message: { chat: group, id } })).toThrow(/admin/);
    owner.act('message.revoke', { message: { chat: group, id, author: outsider.at } });
    expect(outsider.thread(group).find(({ key }) => key.id === id)?.content).toEqual({ kind: 'revoked', by: owner.at });
  });
});

test('the owner is neither removed nor demoted, and a group without its admins gets one', () => {
  const { owner, member, group } = setUp();
  owner.act('group.promote', { group, people: [member.at] });
  expect(member.act('group.remove', { group, people: [owner.at, '4999999999@c.us'] }).results).toEqual([{ person: owner.at, code: 403 }, { person: '4999999999@c.us', code: 404 }]);
  owner.act('group.demote', { group, people: [member.at] });
  owner.act('group.leave', { group });
  expect(member.act('group.get', { group }).participants).toEqual([{ id: member.at, isAdmin: true, isSuperAdmin: false }]);
});

test('whoever left of late is not added, and comes back by the link; whoever was removed does not', () => {
  const { owner, member, outsider, group, clock } = setUp();
  owner.act('group.add', { group, people: [outsider.at] });
  member.act('group.leave', { group });
  owner.act('group.remove', { group, people: [outsider.at] });
  const { code } = owner.act('group.inviteCode', { group });
  expect(owner.act('group.add', { group, people: [member.at] }).results).toEqual([{ person: member.at, code: 408 }]);
  expect(() => outsider.act('group.join', { code })).toThrow(/removed/);
  expect(member.act('group.join', { code })).toEqual({ group, waits: false });
  expect(() => member.act('group.join', { code })).toThrow(/already/);
  member.act('group.leave', { group });
  clock.advance(86_400_000);
  expect(owner.act('group.add', { group, people: [member.at, outsider.at] }).results.map((result) => result.code)).toEqual([200, 200]);
});

test('a link that was reset opens nothing', () => {
  const { owner, outsider, group } = setUp();
  const { code } = owner.act('group.inviteCode', { group });
  expect(outsider.act('group.inviteInfo', { code })).toMatchObject({ size: 2, group: { subject: 'Regulars' } });
  const next = owner.act('group.resetInvite', { group });
  expect(() => outsider.act('group.inviteInfo', { code })).toThrow(/reset/);
  expect(outsider.act('group.join', next).waits).toBe(false);
});

test('where joining needs approval, admins are told who asks, and decide', () => {
  const { owner, member, outsider, phone, group } = setUp({ approval: true });
  const patient = phone('Patient');
  const { code } = owner.act('group.inviteCode', { group });
  for (const asking of [outsider, patient, outsider]) expect(asking.act('group.join', { code }).waits).toBe(true);
  expect(eventsOf(owner, group)).toEqual(['create', 'request', 'request']);
  expect(eventsOf(member, group)).toEqual(['create']);
  expect(owner.act('group.requests', { group }).requests.map(({ person }) => person)).toEqual([outsider.at, patient.at]);
  expect(owner.act('group.decide', { group, people: [outsider.at, member.at], approve: true }).results.map((result) => result.code)).toEqual([200, 404]);
  owner.act('group.decide', { group, people: [patient.at], approve: false });
  expect(owner.act('group.requests', { group }).requests).toEqual([]);
  expect(outsider.act('group.get', { group }).left).toBe(undefined);
  expect(() => patient.act('group.get', { group })).toThrow(/in no group/);
});

test('a private invitation lets in the one it is for, until it expires', () => {
  const { owner, member, phone, group, clock } = setUp();
  const [shy, late] = [phone('Shy', { groupInvites: 'nobody' }), phone('Late', { groupInvites: 'nobody' })];
  const { results } = owner.act('group.add', { group, people: [shy.at, late.at] });
  const code = results[0]?.inviteCode ?? '';
  expect(() => late.act('group.joinPrivately', { group, code, inviter: owner.at })).toThrow(/not for you/);
  expect(() => shy.act('group.joinPrivately', { group, code, inviter: member.at })).toThrow(/not for you/);
  expect(shy.act('group.joinPrivately', { group, code, inviter: owner.lid })).toEqual({ group });
  clock.advance(4 * 86_400_000);
  expect(() => late.act('group.joinPrivately', { group, code: results[1]?.inviteCode ?? '', inviter: owner.at })).toThrow(/expired/);
});

test('an invitation that is sent as a message with the link’s code is one', () => {
  const { owner, outsider, group, clock } = setUp();
  const { code } = owner.act('group.inviteCode', { group });
  const expiresAt = Math.floor(clock.now().getTime() / 1_000) + 60;
  owner.act('message.send', { chat: outsider.at, content: { kind: 'invite', group, groupName: 'Regulars', code, expiresAt } });
  expect(outsider.act('group.joinPrivately', { group, code, inviter: owner.at })).toEqual({ group });
});

test('in a group that goes by LID, nobody’s number is told', () => {
  const made = openTestNetwork();
  const [owner, member] = [made.phone('Owner', { addressing: 'lid' }), made.phone('Member')];
  const page = openPage(made.network, member.account);
  const { group } = owner.act('group.create', { subject: 'Quiet', participants: [member.at] });
  expect(group).toMatchObject({ lidAddressing: true, owner: owner.lid, participants: [{ id: owner.lid }, { id: member.lid }] });
  owner.text(group.id, 'Hello');
  expect(page.messages().at(-1)).toMatchObject({ key: { participant: owner.lid }, from: group.id, to: member.lid });
  expect(JSON.stringify(page.frames.filter(({ t }) => t === 'stanza'))).not.toContain(owner.at);
});

test('each change of a group is told once, in its thread and to its devices', () => {
  const { owner, member, group, network } = setUp();
  const page = openPage(network, member.account);
  owner.act('group.subject', { group, subject: 'Renamed' });
  owner.act('group.description', { group, description: 'For regulars' });
  owner.act('group.settings', { group, announce: true, restrict: false });
  owner.act('picture.set', { of: group, small: 'AA', large: 'BB' });
  expect(eventsOf(member, group)).toEqual(['create', 'subject', 'description', 'announce', 'picture']);
  expect(page.of('group').at(-1)).toMatchObject({ group: { subject: 'Renamed', description: 'For regulars', announce: true } });
  expect(page.of('picture')).toMatchObject([{ of: group, removed: false }]);
});

test('the groups of two people are those that both are in', () => {
  const { owner, member, outsider, group } = setUp();
  expect(owner.act('contact.groups', { person: member.at })).toEqual({ groups: [group] });
  expect(owner.act('contact.groups', { person: outsider.at })).toEqual({ groups: [] });
});
