import { expect } from 'vitest';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import { someId } from './expected.ts';
import { newcomer } from './newcomer.ts';

const BAD_PERSON = { name: ' ', email: 'no address', password: 'too short', workspaceName: 'line\nbreak', locale: 'tlh', timeZone: 'Mars/Olympus' };

export const setupAnswers: AnswerTable = {
  'setup.status': {
    works: () => ({ client: {}, shows: ({ data }) => expect(data).toEqual({ needsSetup: false, signUpOpen: true, version: 'test' }) }),
    badInput: {},
    signedOut: 'works',
    wrongRole: 'anybody may',
    otherWorkspace: 'nothing learnt',
  },

  'setup.create': {
    works: async (stage) => {
      const on = await stage.openAnother();
      return {
        on,
        input: newcomer(),
        client: {},
        events: () => [{ type: 'member.joined', memberId: someId(), role: 'owner' }],
        shows: async ({ cookie = '' }) => {
          expect((await on.call.query('setup.status', undefined)).data).toMatchObject({ needsSetup: false });
          expect((await on.call.query('account.get', undefined, { cookie })).data).toMatchObject({ workspaces: [{ role: 'owner' }] });
        },
      };
    },
    badInput: BAD_PERSON,
    signedOut: 'works',
    wrongRole: { deed: async () => ({ input: newcomer(), client: {} }), code: 'ALREADY_SET_UP' },
    otherWorkspace: 'nothing learnt',
  },

  'auth.signUp': {
    works: (stage) => ({
      input: newcomer(),
      client: {},
      events: () => [{ type: 'member.joined', memberId: someId(), role: 'owner' }],
      shows: async ({ cookie = '' }) => {
        const account = await stage.gateway.call.query('account.get', undefined, { cookie });
        expect(account.data).toMatchObject({ workspaces: [{ role: 'owner' }] });
      },
    }),
    badInput: BAD_PERSON,
    signedOut: 'works',
    wrongRole: { deed: async (stage) => ({ on: await stage.openAnother({ SIGN_UP: 'closed' }), input: newcomer(), client: {} }), code: 'SIGN_UP_CLOSED' },
    otherWorkspace: 'nothing learnt',
  },
};
