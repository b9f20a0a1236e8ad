import type { Role } from '@waxos/contract/permissions';
import type { Answer, Client } from './call.ts';
import type { TestGateway } from './test-gateway.ts';

/** A person with their browser, signed in to one workspace. */
export interface Person {
  email: string;
  name: string;
  password: string;
  client: Client;
  workspaceId: string;
  memberId: string;
}

export const PASSWORD = 'violet-harbour-42-lamp';

let count = 0;

/** What a procedure returned; throws where it refused. */
export const dataOf = <T>(answer: Answer): T => {
  if (answer.error !== undefined) throw new Error(`refused: ${JSON.stringify(answer.error)}`);
  return answer.data as T;
};

/** Somebody with a workspace of their own, by the front door: first visit, or sign-up where it is open. */
export const arriveOwner = async ({ call }: TestGateway, workspaceName: string): Promise<Person> => {
  count += 1;
  const person = { name: `Owner ${count}`, email: `owner${count}@example.com`, password: PASSWORD };
  const status = dataOf<{ needsSetup: boolean }>(await call.query('setup.status', undefined));
  const answer = await call.mutate(status.needsSetup ? 'setup.create' : 'auth.signUp', { ...person, workspaceName, locale: 'en' });
  const { workspaceId } = dataOf<{ workspaceId: string }>(answer);
  return settle({ call }, { ...person, workspaceId, cookie: answer.cookie ?? '' });
};

/** Somebody invited by an owner, who followed the link in the mail. */
export const arriveMember = async (gateway: Pick<TestGateway, 'call' | 'postBox'>, owner: Person, role: Role): Promise<Person> => {
  count += 1;
  const person = { name: `${role} ${count}`, email: `${role}${count}@example.com`, password: PASSWORD };
  dataOf(await gateway.call.mutate('invitations.create', { email: person.email, role }, owner.client));
  const token = tokenIn((await gateway.postBox.letterTo(person.email)).text);
  const answer = await gateway.call.mutate('invitations.accept', { token, person: { name: person.name, password: person.password, locale: 'en' } });
  dataOf(answer);
  return settle(gateway, { ...person, workspaceId: owner.workspaceId, cookie: answer.cookie ?? '' });
};

export const tokenIn = (text: string): string => {
  const token = /#(\S+)/.exec(text)?.[1];
  if (token === undefined) throw new Error(`no link in: ${text}`);
  return token;
};

interface Arriving {
  name: string;
  email: string;
  password: string;
  workspaceId: string;
  cookie: string;
}

const settle = async ({ call }: Pick<TestGateway, 'call'>, { cookie, ...person }: Arriving): Promise<Person> => {
  const client = { cookie, workspaceId: person.workspaceId };
  const members = dataOf<{ id: string; email: string }[]>(await call.query('members.list', undefined, client));
  const memberId = members.find((member) => member.email === person.email)?.id;
  if (memberId === undefined) throw new Error(`${person.email} is not among the members`);
  return { ...person, client, memberId };
};
