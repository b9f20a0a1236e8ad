import { expect, test } from 'vitest';
import type { GroupChat } from 'whatsapp-web.js';
import { asMedia, picture } from './testing/samples.ts';
import { receive, untilKind, untilTold } from './testing/talk.ts';
import type { Phone } from './testing/phone.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop, type Shop } from './testing/use-shop.ts';

const groupOf = async (shop: Shop, id: string): Promise<GroupChat> => (await shop.client.getChatById(id)) as GroupChat;

/** A group that a customer has made, with the shop and whoever else in it. */
const join = async (shop: Shop, customer: Phone, others: Phone[] = []): Promise<string> => {
  const { group } = customer.act('group.create', { subject: `Group of ${customer.number}`, participants: [shop.phone, ...others].map(({ address }) => address) });
  await untilTold(shop, customer.say(group.id, 'Here we are.'));
  return group.id;
};

/** A group that the client has made. */
const found = async (shop: Shop, title: string, members: Phone[]): Promise<GroupChat> => {
  const made = await shop.client.createGroup(title, members.map(({ byPhone }) => byPhone));
  if (typeof made === 'string') throw new Error(made);
  return groupOf(shop, made.gid._serialized);
};

const stateOf = (phone: Phone, group: string) => phone.act('group.get', { group });
const isMember = (phone: Phone, group: string, who: Phone): boolean => stateOf(phone, group).participants.some(({ id }) => who.is(id));
const isAdmin = (phone: Phone, group: string, who: Phone): boolean => stateOf(phone, group).participants.some(({ id, isAdmin: admin }) => admin && who.is(id));

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('a group that the client makes has everyone who may be added, and says who may not and why', async () => {
    const [customer, shy] = [shop.customer(), shop.customer({ groupInvites: 'nobody' })];
    const made = await shop.client.createGroup('Regulars', [customer.byPhone, shy.byPhone, '4999999999@c.us']);
    if (typeof made === 'string') throw new Error(made);
    expect(made.title).toBe('Regulars');
    const codes = Object.entries(made.participants).map(([id, { statusCode, isInviteV4Sent, isGroupCreator }]) => ({ id, statusCode, isInviteV4Sent, isGroupCreator }));
    expect(codes.filter(({ isGroupCreator }) => !isGroupCreator)).toEqual(
      expect.arrayContaining([
        { id: customer.byPhone, statusCode: 200, isInviteV4Sent: false, isGroupCreator: false },
        { id: shy.byPhone, statusCode: 403, isInviteV4Sent: true, isGroupCreator: false },
        { id: '4999999999@c.us', statusCode: 404, isInviteV4Sent: false, isGroupCreator: false },
      ]),
    );
    const group = made.gid._serialized;
    expect(isMember(customer, group, shop.phone)).toBe(true);
    expect((await untilKind(shop, shy, 'invite')).content).toMatchObject({ group, groupName: 'Regulars' });
    expect(await groupOf(shop, group)).toMatchObject({ isGroup: true, name: 'Regulars' });
  });

  test('texts in a group go both ways, with their authors', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const group = await join(shop, customer, [other]);
    const message = await untilTold(shop, other.say(group, 'Who has the key?'));
    expect(message.from).toBe(group);
    expect(other.is(message.author)).toBe(true);
    expect((await message.getContact()).pushname).toBe(other.name);
    await shop.client.sendMessage(group, 'We have.');
    for (const phone of [customer, other]) expect(shop.phone.is((await phone.untilText(group, 'We have.')).key.participant)).toBe(true);
  });

  test('being added to a group is told, and so is whoever else is added', async () => {
    const [customer, late] = [shop.customer(), shop.customer()];
    const group = await join(shop, customer);
    customer.act('group.add', { group, people: [late.address] });
    const [notification] = await shop.ear.until('group_join', ({ chatId, recipientIds }) => chatId === group && recipientIds.some((id) => late.is(id)));
    expect(notification.type).toBe('add');
    expect(customer.is(notification.author)).toBe(true);
    expect((await notification.getChat()).id._serialized).toBe(group);
    expect((await notification.getContact()).pushname).toBe(customer.name);
    expect((await notification.getRecipients()).map(({ pushname }) => pushname)).toEqual([late.name]);
    await notification.reply('Welcome!');
    await late.untilText(group, 'Welcome!');
  });

  test('members are added by the client, with a result for each', async () => {
    const [customer, late, shy] = [shop.customer(), shop.customer(), shop.customer({ groupInvites: 'nobody' })];
    const chat = await found(shop, 'Adders', [customer]);
    const results = await chat.addParticipants([late.byPhone, shy.byPhone, customer.byPhone, '4999999998@c.us'], { sleep: 0 });
    expect(results).toMatchObject({
      [late.byPhone]: { code: 200, isInviteV4Sent: false },
      [shy.byPhone]: { code: 403, isInviteV4Sent: true },
      [customer.byPhone]: { code: 409 },
      '4999999998@c.us': { code: 404 },
    });
    expect(isMember(customer, chat.id._serialized, late)).toBe(true);
    expect(isMember(customer, chat.id._serialized, shy)).toBe(false);
  });

  test('a client that is no admin adds nobody', async () => {
    const [customer, late] = [shop.customer(), shop.customer()];
    const group = await join(shop, customer);
    customer.act('group.settings', { group, adminsAdd: true });
    expect(await (await groupOf(shop, group)).addParticipants([late.byPhone])).toContain('no admin rights');
    expect(isMember(customer, group, late)).toBe(false);
  });

  test('members are removed by the client, and a removal is told', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const chat = await found(shop, 'Leavers', [customer, other]);
    const group = chat.id._serialized;
    expect(await chat.removeParticipants([other.byPhone])).toEqual({ status: 200 });
    await shop.world.untilLedger('group.participants', (entry) => entry.change === 'remove' && entry.people.includes(other.account));
    expect(isMember(customer, group, other)).toBe(false);
    const [notification] = await shop.ear.until('group_leave', ({ chatId, type }) => chatId === group && String(type) === 'remove');
    expect(notification.recipientIds.some((id) => other.is(id))).toBe(true);
  });

  test('a member who leaves is told', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const group = await join(shop, customer, [other]);
    other.act('group.leave', { group });
    const [notification] = await shop.ear.until('group_leave', ({ chatId, type }) => chatId === group && String(type) === 'leave');
    expect(other.is(notification.author) || notification.recipientIds.some((id) => other.is(id))).toBe(true);
    expect(isMember(customer, group, other)).toBe(false);
  });

  test('members become admins and stop being ones, by the client and by others', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const chat = await found(shop, 'Admins', [customer, other]);
    const group = chat.id._serialized;
    expect(await chat.promoteParticipants([customer.byPhone])).toEqual({ status: 200 });
    await shop.world.untilLedger('group.participants', ({ change, people }) => change === 'promote' && people.includes(customer.account));
    expect(isAdmin(other, group, customer)).toBe(true);
    expect(await chat.demoteParticipants([customer.byPhone])).toEqual({ status: 200 });
    await shop.world.untilLedger('group.participants', ({ change, people }) => change === 'demote' && people.includes(customer.account));
    expect(isAdmin(other, group, customer)).toBe(false);
    const theirs = await join(shop, customer);
    customer.act('group.promote', { group: theirs, people: [shop.phone.address] });
    const [notification] = await shop.ear.until('group_admin_changed', ({ chatId, type }) => chatId === theirs && String(type) === 'promote');
    expect(notification.recipientIds.some((id) => shop.phone.is(id))).toBe(true);
  });

  test('subject and description are changed by the client', async () => {
    const customer = shop.customer();
    const chat = await found(shop, 'Before', [customer]);
    const group = chat.id._serialized;
    expect(await chat.setSubject('After')).toBe(true);
    expect(await chat.setDescription('What it is about')).toBe(true);
    expect(await chat.setDescription('What else it is about')).toBe(true);
    expect(stateOf(customer, group)).toMatchObject({ subject: 'After', description: 'What else it is about' });
    const again = await groupOf(shop, group);
    expect([again.name, again.description]).toEqual(['After', 'What else it is about']);
  });

  test('a change of subject, description or settings by others is told', async () => {
    const customer = shop.customer();
    const group = await join(shop, customer);
    customer.act('group.subject', { group, subject: 'Renamed' });
    const [renamed] = await shop.ear.until('group_update', ({ chatId, type }) => chatId === group && String(type) === 'subject');
    expect(renamed.body).toBe('Renamed');
    customer.act('group.description', { group, description: 'New words' });
    await shop.ear.until('group_update', ({ chatId, type }) => chatId === group && String(type) === 'description');
    customer.act('group.settings', { group, announce: true });
    await shop.ear.until('group_update', ({ chatId, type }) => chatId === group && String(type) === 'announce');
    const chat = await groupOf(shop, group);
    expect([chat.name, chat.isReadOnly]).toEqual(['Renamed', true]);
    expect(stateOf(customer, group)).toMatchObject({ subject: 'Renamed', announce: true });
  });

  test('who may write, add members and change the group is set by the client', async () => {
    const customer = shop.customer();
    const chat = await found(shop, 'Rules', [customer]);
    const group = chat.id._serialized;
    expect(await chat.setMessagesAdminsOnly(true)).toBe(true);
    expect(await chat.setInfoAdminsOnly(true)).toBe(true);
    expect(await chat.setAddMembersAdminsOnly(true)).toBe(true);
    expect(stateOf(customer, group)).toMatchObject({ announce: true, restrict: true, adminsAdd: true });
    expect(() => customer.say(group, 'May I?')).toThrow('Only admins');
    expect(await chat.setMessagesAdminsOnly(false)).toBe(true);
    expect(() => customer.say(group, 'May I now?')).not.toThrow();
  });

  test('settings of a group where it is no admin are refused to the client', async () => {
    const customer = shop.customer();
    const group = await join(shop, customer);
    customer.act('group.settings', { group, restrict: true });
    const chat = await groupOf(shop, group);
    expect(await chat.setSubject('Mine now')).toBe(false);
    expect(await chat.setMessagesAdminsOnly(true)).toBe(false);
    expect(stateOf(customer, group)).toMatchObject({ subject: `Group of ${customer.number}`, announce: false });
  });

  test('a group is joined by its link, after a look at it', async () => {
    const customer = shop.customer();
    const { group } = customer.act('group.create', { subject: 'Open house', participants: [] });
    const { code } = customer.act('group.inviteCode', { group: group.id });
    expect(JSON.stringify(await shop.client.getInviteInfo(code))).toContain('Open house');
    expect(await shop.client.acceptInvite(code)).toBe(group.id);
    expect(isMember(customer, group.id, shop.phone)).toBe(true);
    await untilTold(shop, customer.say(group.id, 'You found it.'));
  });

  test('the link of a group is given, and a revoked one opens nothing', async () => {
    const [customer, late] = [shop.customer(), shop.customer()];
    const chat = await found(shop, 'Linked', [customer]);
    const code = await chat.getInviteCode();
    const next: unknown = await chat.revokeInvite();
    expect(next).not.toBe(code);
    expect(() => late.act('group.join', { code })).toThrow('leads to no group');
    expect(late.act('group.join', { code: await chat.getInviteCode() }).group).toBe(chat.id._serialized);
    await shop.ear.until('group_join', ({ chatId, type }) => chatId === chat.id._serialized && String(type) === 'invite');
  });

  test('who asks to join is told, and let in or not', async () => {
    const [customer, eager, patient] = [shop.customer(), shop.customer(), shop.customer()];
    const made = await shop.client.createGroup('By approval', [customer.byPhone], { membershipApprovalMode: true });
    if (typeof made === 'string') throw new Error(made);
    const group = made.gid._serialized;
    const chat = await groupOf(shop, group);
    const code = await chat.getInviteCode();
    for (const phone of [eager, patient]) expect(phone.act('group.join', { code }).waits).toBe(true);
    const [request] = await shop.ear.until('group_membership_request', ({ chatId, author }) => chatId === group && eager.is(author));
    expect(request.timestamp).toBeGreaterThan(0);
    await shop.ear.until('group_membership_request', ({ chatId, author }) => chatId === group && patient.is(author));
    expect(await chat.getGroupMembershipRequests()).toHaveLength(2);
    expect(await shop.client.getGroupMembershipRequests(group)).toHaveLength(2);
    const [approved] = await chat.approveGroupMembershipRequests({ requesterIds: [eager.byPhone], sleep: null });
    expect(approved?.message).toBe('Approved successfully');
    const [rejected] = await shop.client.rejectGroupMembershipRequests(group, { requesterIds: null, sleep: null });
    expect(rejected?.message).toBe('Rejected successfully');
    expect([isMember(customer, group, eager), isMember(customer, group, patient)]).toEqual([true, false]);
    expect(await chat.getGroupMembershipRequests()).toEqual([]);
  });

  test('all who ask are let in or turned away at once', async () => {
    const [customer, first, second] = [shop.customer(), shop.customer(), shop.customer()];
    const chat = await found(shop, 'Door', [customer]);
    const group = chat.id._serialized;
    shop.phone.act('group.settings', { group, approval: true });
    const code = await chat.getInviteCode();
    first.act('group.join', { code });
    await shop.ear.until('group_membership_request', ({ chatId, author }) => chatId === group && first.is(author));
    expect(await shop.client.approveGroupMembershipRequests(group, { requesterIds: null, sleep: null })).toHaveLength(1);
    second.act('group.join', { code });
    await shop.ear.until('group_membership_request', ({ chatId, author }) => chatId === group && second.is(author));
    expect(await chat.rejectGroupMembershipRequests({ requesterIds: null, sleep: null })).toHaveLength(1);
    expect([isMember(customer, group, first), isMember(customer, group, second)]).toEqual([true, false]);
  });

  test('a private invitation is accepted', async () => {
    const customer = shop.customer();
    const shopOnly = shop.phone;
    const { group } = customer.act('group.create', { subject: 'Private', participants: [] });
    const { code } = customer.act('group.inviteCode', { group: group.id });
    const expiresAt = Math.floor(Date.now() / 1000) + 86_400;
    const invite = async () => receive(shop, customer, { kind: 'invite', group: group.id, groupName: 'Private', code, expiresAt });
    const message = await invite();
    expect(message).toMatchObject({ type: 'groups_v4_invite', inviteV4: { groupId: group.id, groupName: 'Private', fromId: customer.address } });
    await message.acceptGroupV4Invite();
    expect(isMember(customer, group.id, shopOnly)).toBe(true);
    shop.phone.act('group.leave', { group: group.id });
    const again = await invite();
    await shop.client.acceptGroupV4Invite({ ...again.inviteV4, inviteCode: code, inviteCodeExp: expiresAt, groupId: group.id, fromId: customer.address, toId: shop.phone.address });
    expect(isMember(customer, group.id, shopOnly)).toBe(true);
  });

  test('a group’s picture is set and removed, and others’ changes of it are told', async () => {
    const customer = shop.customer();
    const chat = await found(shop, 'Pictured', [customer]);
    const group = chat.id._serialized;
    expect(await chat.setPicture(asMedia(picture([50, 60, 70], 64, 64)))).toBe(true);
    expect(customer.act('picture.get', { of: group })).not.toBeNull();
    expect(await shop.client.getProfilePicUrl(group)).toMatch(/^https:/);
    expect(await chat.deletePicture()).toBe(true);
    expect(customer.act('picture.get', { of: group })).toBeNull();
    shop.phone.act('group.promote', { group, people: [customer.address] });
    const jpeg = picture([1, 1, 1]).bytes.toString('base64');
    customer.act('picture.set', { of: group, small: jpeg, large: jpeg });
    await shop.ear.until('group_update', ({ chatId, type, author }) => chatId === group && String(type) === 'picture' && customer.is(author));
  });

  test('a group that the client leaves is left, and nothing of it arrives any more', async () => {
    const customer = shop.customer();
    const group = await join(shop, customer);
    await (await groupOf(shop, group)).leave();
    await shop.world.untilLedger('group.participants', ({ change, people }) => change === 'leave' && people.includes(shop.phone.account));
    expect(isMember(customer, group, shop.phone)).toBe(false);
    const unheard = customer.say(group, 'Alone now.');
    await receive(shop, customer, 'You left.');
    expect(shop.ear.all('message').filter(([{ id }]) => id.id === unheard)).toEqual([]);
  });

  test('members, owner and the day of its making are told of a group', async () => {
    const [customer, other] = [shop.customer(), shop.customer()];
    const group = await join(shop, customer, [other]);
    const chat = await groupOf(shop, group);
    expect(chat.participants.filter(({ id }) => [customer, other, shop.phone].some((phone) => phone.is(id._serialized)))).toHaveLength(3);
    expect(chat.participants.filter(({ isSuperAdmin }) => isSuperAdmin).map(({ id }) => customer.is(id._serialized))).toEqual([true]);
    expect(customer.is(chat.owner._serialized)).toBe(true);
    expect(Math.floor(chat.createdAt.getTime() / 1000)).toBe(stateOf(customer, group).at);
  });
});
