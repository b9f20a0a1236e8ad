import { LOCALES } from '@waxos/contract/fields';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newAddress } from '../../testing/answers/newcomer.ts';
import { PUBLIC_ORIGIN } from '../../testing/call.ts';
import { arriveOwner, dataOf, type Person } from '../../testing/people.ts';
import { openTestGateway, type TestGateway } from '../../testing/test-gateway.ts';
import { mailTexts } from './mail-texts.ts';

let gateway: TestGateway;
let owner: Person;

beforeAll(async () => {
  gateway = await openTestGateway();
  owner = await arriveOwner(gateway, 'Harbour');
});
afterAll(() => gateway.close());

const subjectsSoFar = new Set<string>();

describe.each(LOCALES)('in %s', (locale) => {
  test('an invitation speaks the language of the workspace, says who invites where, and has its link on a line of its own', async () => {
    const email = newAddress();
    dataOf(await gateway.call.mutate('workspaces.update', { locale, name: `Harbour ${locale}` }, owner.client));
    dataOf(await gateway.call.mutate('invitations.create', { email, role: 'agent' }, owner.client));
    const letter = await gateway.postBox.letterTo(email);
    expect(letter.text).toContain(owner.name);
    expect(letter.text).toContain(`Harbour ${locale}`);
    expect(letter.text).toMatch(/\r\nhttp:\/\/waxos\.test\/invitation#[\w.-]+\r\n/);
    const expected = mailTexts[locale].invitation({ by: owner.name, workspace: `Harbour ${locale}`, link: '' });
    expect(letter.text.startsWith(expected.text.slice(0, 12))).toBe(true);
  });

  test('a password reset speaks the language of the person, and no other language has its words', async () => {
    dataOf(await gateway.call.mutate('account.update', { locale }, owner.client));
    await gateway.call.mutate('auth.requestPasswordReset', { email: owner.email });
    const { subject } = mailTexts[locale].passwordReset({ name: owner.name, link: '' });
    const letter = await gateway.postBox.letterTo(owner.email, new RegExp(`^${subject}$`));
    expect(letter.text).toContain(owner.name);
    expect(letter.text).toMatch(new RegExp(`\r\n${PUBLIC_ORIGIN}/reset-password#[\\w.-]+\r\n`));
    expect(subjectsSoFar.has(subject)).toBe(false);
    subjectsSoFar.add(subject);
  });
});
