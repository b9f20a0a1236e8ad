import { expect } from 'vitest';
import { newId } from '../../db/ids.ts';
import { writeApiKey } from '../../secrets/api-key-format.ts';
import { newToken } from '../../secrets/tokens.ts';
import type { Client } from '../call.ts';
import { expectNothingChanged, prepare, type Asking } from './asking.ts';

/** Without a session, or with one that nobody gave out, there is nothing to see; what is public works, or asks for its own secret. */
export const askSignedOut = async (asking: Asking): Promise<void> => {
  const { stage, procedure, answers } = asking;
  const { signedOut } = answers;
  if (signedOut === undefined) throw new Error(`${procedure.path} has no answer to 'signedOut'`);
  if (signedOut === 'refused') return expectRefused(asking);
  if (signedOut !== 'works') {
    const deed = await signedOut.deed(stage);
    return expectNothingChanged(deed.on ?? stage.gateway, async () => {
      expect((await stage.send(procedure, deed)).error?.code).toBe(signedOut.code);
    });
  }
  const deed = await prepare(asking);
  const answer = await stage.send(procedure, { ...deed, client: {} });
  expect(answer.error).toBeUndefined();
  await deed.shows(answer);
};

const expectRefused = async (asking: Asking): Promise<void> => {
  const { stage, procedure } = asking;
  const deed = await prepare(asking);
  const { workspaceId } = stage.people.owner;
  const strangers: Client[] = [{}, { workspaceId }, { workspaceId, cookie: newToken() }, { workspaceId, cookie: '' }, { workspaceId, apiKey: writeApiKey(newId()) }, { apiKey: 'waxos_x' }];
  await expectNothingChanged(stage.gateway, async () => {
    for (const client of strangers) {
      const { error, data, status } = await stage.send(procedure, { ...deed, client });
      expect({ code: error?.code, data, status }, JSON.stringify(Object.keys(client))).toEqual({ code: 'SIGNED_OUT', data: undefined, status: 401 });
    }
  });
};
