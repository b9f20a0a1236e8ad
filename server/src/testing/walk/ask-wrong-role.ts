import { PERMISSIONS, rolePermissions, ROLES, type Permission } from '@waxos/contract/permissions';
import { expect } from 'vitest';
import { expectNothingChanged, prepare, type Asking } from './asking.ts';

/** Who has not the right is refused and changes nothing, person or program; who has it gets through. */
export const askWrongRole = async (asking: Asking): Promise<void> => {
  const { stage, procedure, answers } = asking;
  const { wrongRole } = answers;
  if (wrongRole === undefined) throw new Error(`${procedure.path} has no answer to 'wrongRole'`);
  if (wrongRole === 'not a person') return expectPeopleOnly(asking);
  if (wrongRole === 'anybody may') return expectAnybody(asking);
  if ('deed' in wrongRole) {
    const deed = await wrongRole.deed(stage);
    return expectNothingChanged(deed.on ?? stage.gateway, async () => {
      expect((await stage.send(procedure, deed)).error?.code).toBe(wrongRole.code);
    });
  }
  if (procedure.access.access !== 'workspace') throw new Error(`${procedure.path} belongs to no workspace, so a role is no answer`);
  const { permission } = procedure.access;
  // Said twice, so that nobody opens a procedure to more people by a slip.
  expect(permission).toBe(wrongRole.needs);
  await expectRolesKept(asking, permission);
  await expectScopesKept(asking, { permission, outcome: wrongRole.key });
};

const expectRolesKept = async (asking: Asking, permission: Permission): Promise<void> => {
  const { stage, procedure } = asking;
  for (const role of ROLES) {
    const deed = await prepare(asking);
    if (rolePermissions[role].includes(permission)) {
      // Where the deed is done by somebody of its own, such as leaving, doing it uses the caller up.
      const person = deed.client === stage.people.owner.client ? stage.people[role] : await stage.fresh(stage.people.owner, role);
      expect((await stage.send(procedure, { ...deed, client: person.client })).error, role).toBeUndefined();
      continue;
    }
    await expectNothingChanged(stage.gateway, async () => {
      const { error, data } = await stage.send(procedure, { ...deed, client: stage.people[role].client });
      expect({ code: error?.code, data }, role).toEqual({ code: 'FORBIDDEN', data: undefined });
    });
  }
};

const expectScopesKept = async (asking: Asking, { permission, outcome }: { permission: Permission; outcome: string }): Promise<void> => {
  const { stage, procedure } = asking;
  const { owner } = stage.people;
  const without = await stage.keyOf(owner, PERMISSIONS.filter((scope) => scope !== permission));
  // With what an agent may: a key gives nobody a role that may do more than itself.
  const having = await stage.keyOf(owner, [...new Set<Permission>([permission, ...rolePermissions.agent])]);
  const deed = await prepare(asking);
  await expectNothingChanged(stage.gateway, async () => {
    const { error, data } = await stage.send(procedure, { ...deed, client: without });
    expect({ code: error?.code, data }, 'a key without the scope').toEqual({ code: 'FORBIDDEN', data: undefined });
  });
  const { error } = await stage.send(procedure, { ...deed, client: having });
  expect(error?.code ?? 'works', 'a key with the scope').toBe(outcome);
};

const expectPeopleOnly = async (asking: Asking): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking);
  const program = await stage.keyOf(stage.people.owner, PERMISSIONS);
  await expectNothingChanged(stage.gateway, async () => {
    const { error, data } = await stage.send(procedure, { ...deed, client: program });
    expect({ code: error?.code, data }, 'an API key').toEqual({ code: 'SIGNED_OUT', data: undefined });
  });
};

/** A session or key that happens to come along opens nothing more and closes nothing. */
const expectAnybody = async (asking: Asking): Promise<void> => {
  const { stage } = asking;
  for (const client of [await stage.freshSession(stage.people.viewer), await stage.keyOf(stage.people.owner, ['workspace.read'])]) {
    const deed = await prepare(asking);
    const answer = await stage.send(asking.procedure, { ...deed, client });
    expect(answer.error).toBeUndefined();
    await deed.shows(answer);
  }
};
