import { expect } from 'vitest';
import { expectNothingChanged, prepare, type Asking } from './asking.ts';
import { withField } from './input-fields.ts';

const NO_OBJECTS = [null, 'text', 7, []];

/** Each field refuses something and is named; so is what is no input at all, a mutation by GET, a workspace that is no id. */
export const askBadInput = async (asking: Asking): Promise<void> => {
  const { stage, procedure, answers } = asking;
  const deed = await prepare(asking);
  await expectNothingChanged(deed.on ?? stage.gateway, async () => {
    for (const [path, bad] of Object.entries(answers.badInput ?? {})) {
      const { error } = await stage.send(procedure, { ...deed, input: withField(deed.input, path, bad) });
      expect(error?.code, `${path} = ${JSON.stringify(bad)}`).toBe('BAD_INPUT');
      expect(error?.fields.some((field) => field.path === path || field.path.startsWith(`${path}.`)), `${path} among ${JSON.stringify(error?.fields)}`).toBe(true);
    }
    for (const input of procedure.takesInput ? NO_OBJECTS : []) {
      const { error } = await stage.send(procedure, { ...deed, input });
      expect(error?.code, `input ${JSON.stringify(input)}`).toBe('BAD_INPUT');
    }
    if (procedure.kind === 'mutation') {
      const { error } = await stage.send({ path: procedure.path, kind: 'query' }, deed);
      expect(error?.code, 'called by GET').toBe('BAD_INPUT');
    }
    if (procedure.access.access === 'workspace') {
      const nowhere = await stage.send(procedure, { ...deed, client: { ...deed.client, workspaceId: 'no-id' } });
      expect(nowhere.error).toMatchObject({ code: 'BAD_INPUT', fields: [{ path: 'waxos-workspace', problem: 'invalid_id' }] });
    }
  });
};
