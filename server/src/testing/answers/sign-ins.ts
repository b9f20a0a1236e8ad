import { expect } from 'vitest';
import type { Client } from '../call.ts';
import { switchTotpOn } from '../authenticator.ts';
import { dataOf, tokenIn } from '../people.ts';
import type { AnswerTable } from '../walk/procedure-answers.ts';
import type { Stage } from '../walk/stage.ts';

const NEW_PASSWORD = 'copper-lantern-77-reef';

const expectSignedIn = async ({ gateway }: Stage, client: Client, email: string): Promise<void> => {
  expect((await gateway.call.query('account.get', undefined, client)).data).toMatchObject({ email });
};

export const signInAnswers: AnswerTable = {
  'auth.signIn': {
    works: async (stage, owner) => {
      const { email, password } = await stage.fresh(owner, 'agent');
      return {
        input: { email, password },
        client: {},
        shows: async ({ data, cookie = '' }) => {
          expect(data).toEqual({ next: 'done' });
          await expectSignedIn(stage, { cookie }, email);
        },
      };
    },
    badInput: { email: 'nobody', password: '' },
    signedOut: { deed: async () => ({ input: { email: 'nobody@example.com', password: 'a guess' }, client: {} }), code: 'WRONG_CREDENTIALS' },
    wrongRole: 'anybody may',
    otherWorkspace: 'nothing learnt',
  },

  'auth.signInTotp': {
    works: async (stage, owner) => {
      const person = await stage.fresh(owner, 'agent');
      const app = await switchTotpOn(stage.gateway, person);
      const { email, password } = person;
      const { challenge } = dataOf<{ challenge: string }>(await stage.gateway.call.mutate('auth.signIn', { email, password }));
      return { input: { challenge, code: app.code(1) }, client: {}, shows: ({ cookie = '' }) => expectSignedIn(stage, { cookie }, email) };
    },
    badInput: { challenge: '', code: '12345' },
    signedOut: { deed: async () => ({ input: { challenge: 'forged', code: '123456' }, client: {} }), code: 'LINK_EXPIRED' },
    wrongRole: 'anybody may',
    otherWorkspace: 'nothing learnt',
  },

  'auth.requestPasswordReset': {
    works: async (stage, owner) => {
      const { email } = await stage.fresh(owner, 'agent');
      return {
        input: { email },
        client: {},
        jobs: ['password_reset.mail'],
        shows: async () => {
          await stage.gateway.postBox.letterTo(email);
          expect(stage.gateway.postBox.letters.findLast((letter) => letter.to === email)?.text).toContain('#');
        },
      };
    },
    badInput: { email: 'nobody@' },
    signedOut: 'works',
    wrongRole: 'anybody may',
    otherWorkspace: 'nothing learnt',
  },

  'auth.resetPassword': {
    works: async (stage, owner) => {
      const { gateway } = stage;
      const { email } = await stage.fresh(owner, 'agent');
      await gateway.call.mutate('auth.requestPasswordReset', { email });
      const letter = await gateway.postBox.letterTo(email, /reset/i);
      return {
        input: { token: tokenIn(letter.text), password: NEW_PASSWORD },
        client: {},
        shows: async () => {
          expect((await gateway.call.mutate('auth.signIn', { email, password: NEW_PASSWORD })).data).toEqual({ next: 'done' });
        },
      };
    },
    badInput: { token: '', password: 'short' },
    signedOut: { deed: async () => ({ input: { token: 'forged', password: NEW_PASSWORD }, client: {} }), code: 'LINK_EXPIRED' },
    wrongRole: 'anybody may',
    otherWorkspace: 'nothing learnt',
  },

  'auth.signOut': {
    works: async (stage, owner) => {
      const { client } = await stage.fresh(owner, 'agent');
      return {
        client,
        shows: async ({ cookie }) => {
          expect(cookie).toBe('');
          expect((await stage.gateway.call.query('account.get', undefined, client)).error?.code).toBe('SIGNED_OUT');
        },
      };
    },
    badInput: {},
    signedOut: 'refused',
    wrongRole: 'not a person',
    otherWorkspace: 'nothing learnt',
  },
};
