import { expect } from 'vitest';
import { dataOf } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';

interface Page {
  entries: { id: string; action: string }[];
}

export const auditAnswers: AnswerTable = {
  'audit.list': {
    works: async (stage, { client, name }) => {
      await stage.gateway.call.mutate('apiKeys.create', { name: 'Newest', scopes: ['workspace.read'], expiresInDays: 1 }, client);
      const newest = dataOf<Page>(await stage.gateway.call.query('audit.list', { limit: 1 }, client)).entries[0];
      return {
        client,
        input: { action: 'workspace.created', before: newest?.id, limit: 5 },
        shows: ({ data }) => expect(data).toMatchObject({ entries: [{ action: 'workspace.created', actorKind: 'member', actorName: name, address: '127.0.0.1' }], nextBefore: null }),
      };
    },
    badInput: { action: 'workspace.sold', before: 'yesterday', limit: 201 },
    signedOut: 'refused',
    wrongRole: { needs: 'audit.read', key: 'works' },
    otherWorkspace: 'nothing learnt',
  },
};
