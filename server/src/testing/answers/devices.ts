import { expect } from 'vitest';
import type { Person } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import { fieldOf, type Stage } from '../walk/stage.ts';

let count = 0;
const newName = (): string => {
  count += 1;
  return `Counter ${count}`;
};

const add = async ({ gateway }: Stage, { client }: Person): Promise<{ deviceId: string; name: string }> => {
  const name = newName();
  return { deviceId: fieldOf(await gateway.call.mutate('devices.add', { name, kind: 'sandbox' }, client), 'id'), name };
};

const expectListed = async ({ gateway }: Stage, { client }: Person, expected: unknown): Promise<void> => {
  expect((await gateway.call.query('devices.list', undefined, client)).data).toMatchObject({ devices: expected });
};

export const deviceAnswers: AnswerTable = {
  'devices.list': {
    works: async (stage, owner) => {
      const { deviceId, name } = await add(stage, owner);
      return {
        client: owner.client,
        shows: ({ data }) =>
          expect(data).toEqual({ sandboxOpen: false, devices: expect.arrayContaining([expect.objectContaining({ id: deviceId, name, kind: 'sandbox', state: 'stopped', stateReason: 'no_node', phoneNumber: null })]) as unknown }),
      };
    },
    badInput: {},
    signedOut: 'refused',
    wrongRole: { needs: 'devices.read', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'devices.add': {
    works: (stage, owner) => {
      const name = newName();
      return {
        client: owner.client,
        input: { name, kind: 'whatsapp', riskAcknowledged: true },
        events: (answer) => [{ type: 'device.added', deviceId: fieldOf(answer, 'id'), kind: 'whatsapp' }],
        shows: async (answer) => {
          const made = { id: fieldOf(answer, 'id'), name, kind: 'whatsapp', createdByName: owner.name, riskAcknowledgedAt: stage.gateway.clock.now().toISOString() };
          expect(answer.data).toMatchObject(made);
          await expectListed(stage, owner, expect.arrayContaining([expect.objectContaining(made)]));
        },
      };
    },
    badInput: { name: '', kind: 'telegram', riskAcknowledged: false },
    signedOut: 'refused',
    wrongRole: { needs: 'devices.manage', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },

  'devices.rename': {
    works: async (stage, owner) => {
      const [{ deviceId }, name] = [await add(stage, owner), newName()];
      return {
        client: owner.client,
        input: { deviceId, name },
        events: () => [{ type: 'device.renamed', deviceId, kind: 'sandbox' }],
        shows: async ({ data }) => {
          expect(data).toMatchObject({ id: deviceId, name, kind: 'sandbox' });
          await expectListed(stage, owner, expect.arrayContaining([expect.objectContaining({ id: deviceId, name })]));
        },
      };
    },
    badInput: { deviceId: 'first', name: ' ' },
    signedOut: 'refused',
    wrongRole: { needs: 'devices.manage', key: 'works' },
    otherWorkspace: 'not found',
  },

  'devices.remove': {
    works: async (stage, owner) => {
      const { deviceId, name } = await add(stage, owner);
      return {
        client: owner.client,
        input: { deviceId, name },
        events: () => [{ type: 'device.removed', deviceId, kind: 'sandbox' }],
        shows: () => expectListed(stage, owner, expect.not.arrayContaining([expect.objectContaining({ id: deviceId })])),
      };
    },
    badInput: { deviceId: '1', name: 'Another name' },
    signedOut: 'refused',
    wrongRole: { needs: 'devices.manage', key: 'works' },
    otherWorkspace: 'not found',
  },
};
