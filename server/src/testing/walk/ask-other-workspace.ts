import { PERMISSIONS } from '@waxos/contract/permissions';
import { expect } from 'vitest';
import { newId } from '../../db/ids.ts';
import type { Answer, Client } from '../call.ts';
import type { Person } from '../people.ts';
import { expectNothingChanged, prepare, toldBy, type Asking } from './asking.ts';
import { withField } from './input-fields.ts';
import { hashRows } from './row-hashes.ts';
import { fieldOf } from './stage.ts';

/** Another workspace, or another account, reads nothing and changes nothing, and cannot tell what exists from what does not. */
export const askOtherWorkspace = async (asking: Asking): Promise<void> => {
  const { procedure, answers } = asking;
  if (answers.otherWorkspace === undefined) throw new Error(`${procedure.path} has no answer to 'otherWorkspace'`);
  if (procedure.access.access === 'public') return expectOthersUntouched(asking, { owner: asking.stage.people.owner, other: asking.stage.rival });
  const hasIds = procedure.fields.some(({ isId }) => isId);
  if (answers.otherWorkspace === 'not found') {
    expect(hasIds, `${procedure.path} names nothing by id, so nothing can be not found`).toBe(true);
    await expectForeignIdsUnknown(asking);
  }
  if (hasIds) await expectNothingLearnt(asking);
  await expectOthersUntouched(asking, { owner: asking.stage.rival, other: asking.stage.people.owner });
  if (procedure.access.access === 'workspace') await expectForeignHeaderUnknown(asking);
};

const randomized = ({ procedure }: Asking, input: unknown): unknown =>
  procedure.fields.filter(({ isId }) => isId).reduce((made, { path }) => withField(made, path, newId()), input);

/** Their own workspace, our ids. */
const expectForeignIdsUnknown = async (asking: Asking): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking);
  const theirKey = await stage.keyOf(stage.rival, PERMISSIONS);
  const callers: Client[] = procedure.access.access === 'workspace' ? [stage.rival.client, theirKey] : [stage.rival.client];
  await expectNothingChanged(stage.gateway, async () => {
    for (const client of callers) {
      const ours = await stage.send(procedure, { ...deed, client });
      const nobodys = await stage.send(procedure, { client, input: randomized(asking, deed.input) });
      expect(ours.error?.code).toBe('NOT_FOUND');
      expect(toldBy(ours)).toEqual(toldBy(nobodys));
    }
  });
};

const expectNothingLearnt = async (asking: Asking): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking);
  const answer = await stage.send(procedure, { ...deed, client: stage.rival.client });
  await expectSilentAbout(asking, { answer, other: stage.people.owner });
};

/** Their own workspace and their own doing: no row that mentions the other changes, and no answer mentions it. */
const expectOthersUntouched = async (asking: Asking, { owner, other }: { owner: Person; other: Person }): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking, owner);
  const on = deed.on ?? stage.gateway;
  const marks = await marksOf(asking, other);
  const before = await hashRows(on, marks);
  const answer = await stage.send(procedure, deed);
  expect(await hashRows(on, marks), 'rows of the other workspace').toEqual(before);
  await expectSilentAbout(asking, { answer, other });
};

/** Our workspace in their header, by a person and by a program, beside a workspace that nobody has. */
const expectForeignHeaderUnknown = async (asking: Asking): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking);
  const theirKey = await stage.keyOf(stage.rival, PERMISSIONS);
  await expectNothingChanged(stage.gateway, async () => {
    for (const client of [stage.rival.client, theirKey]) {
      const ours = await stage.send(procedure, { ...deed, client: { ...client, workspaceId: stage.people.owner.workspaceId } });
      const nobodys = await stage.send(procedure, { ...deed, client: { ...client, workspaceId: newId() } });
      expect(ours.error?.code).toBe('NOT_FOUND');
      expect(toldBy(ours)).toEqual(toldBy(nobodys));
    }
  });
};

const marksOf = async ({ stage }: Asking, person: Person): Promise<string[]> => {
  const account = await stage.gateway.call.query('account.get', undefined, person.client);
  return [person.workspaceId, person.memberId, fieldOf(account, 'id')];
};

const expectSilentAbout = async (asking: Asking, { answer, other }: { answer: Answer; other: Person }): Promise<void> => {
  const told = JSON.stringify(toldBy(answer));
  for (const mark of [...(await marksOf(asking, other)), other.email]) expect(told).not.toContain(mark);
};
