import { expect } from 'vitest';
import { dataOf } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';

export const eventAnswers: AnswerTable = {
  'events.list': {
    works: async (stage, { client }) => {
      const { cursor } = dataOf<{ cursor: number }>(await stage.gateway.call.query('events.list', {}, client));
      await stage.gateway.call.mutate('workspaces.update', { name: 'Seen' }, client);
      return {
        client,
        input: { after: cursor },
        shows: ({ data }) => expect(data).toEqual({ cursor: cursor + 1, reload: false, events: [{ seq: cursor + 1, event: { type: 'workspace.updated', name: 'Seen' } }] }),
      };
    },
    badInput: { after: -1 },
    signedOut: 'refused',
    wrongRole: { needs: 'workspace.read', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },
};
