import { expect } from 'vitest';
import { codeAt, switchTotpOn } from '../authenticator.ts';
import { dataOf } from '../people.ts';
import type { AnswerTable, ProcedureAnswers } from '../walk/procedure-answers.ts';

const NEW_PASSWORD = 'copper-lantern-77-reef';

/** A person's own login: a key is no person, and nobody else's login is in sight. */
const personal = { signedOut: 'refused', wrongRole: 'not a person', otherWorkspace: 'nothing learnt' } as const satisfies ProcedureAnswers;

const CODES = { recoveryCodes: expect.arrayContaining([expect.stringMatching(/^[2-9A-Z]{5}-[2-9A-Z]{5}$/)]) as unknown };

export const accountAnswers: AnswerTable = {
  'account.get': {
    ...personal,
    works: (_stage, owner) => ({
      client: owner.client,
      shows: ({ data }) => expect(data).toMatchObject({ email: owner.email, totpEnabled: false, recoveryCodesLeft: 0, workspaces: [{ id: owner.workspaceId, memberId: owner.memberId, role: 'owner' }] }),
    }),
    badInput: {},
  },

  'account.update': {
    ...personal,
    works: async (stage, owner) => {
      const { client, email } = await stage.fresh(owner, 'agent');
      const input = { name: 'Another name', locale: 'es', theme: 'dark' };
      return { client, input, shows: ({ data }) => expect(data).toMatchObject({ ...input, email }) };
    },
    badInput: { name: 'a‮b', locale: 'xx', theme: 'pink' },
  },

  'account.changePassword': {
    ...personal,
    works: async (stage, owner) => {
      const { client, email, password } = await stage.fresh(owner, 'agent');
      return {
        client,
        input: { currentPassword: password, newPassword: NEW_PASSWORD },
        shows: async ({ cookie }) => {
          expect(cookie).not.toBe(client.cookie);
          expect((await stage.gateway.call.mutate('auth.signIn', { email, password })).error?.code).toBe('WRONG_CREDENTIALS');
          expect((await stage.gateway.call.mutate('auth.signIn', { email, password: NEW_PASSWORD })).error).toBeUndefined();
        },
      };
    },
    badInput: { currentPassword: 'not the current one', newPassword: 'password123' },
  },

  'account.listSignInSessions': {
    ...personal,
    works: async (stage, owner) => {
      const { client } = await stage.fresh(owner, 'agent');
      return { client, shows: ({ data }) => expect(data).toMatchObject([{ current: true, address: '127.0.0.1' }]) };
    },
    badInput: {},
  },

  'account.revokeSignInSession': {
    ...personal,
    works: async (stage, owner) => {
      const person = await stage.fresh(owner, 'agent');
      const other = await stage.freshSession(person);
      const sessions = dataOf<{ id: string; current: boolean }[]>(await stage.gateway.call.query('account.listSignInSessions', undefined, person.client));
      return {
        client: person.client,
        input: { signInSessionId: sessions.find(({ current }) => !current)?.id },
        shows: async () => {
          expect((await stage.gateway.call.query('account.get', undefined, other)).error?.code).toBe('SIGNED_OUT');
          expect((await stage.gateway.call.query('account.get', undefined, person.client)).error).toBeUndefined();
        },
      };
    },
    badInput: { signInSessionId: 'current' },
    otherWorkspace: 'not found',
  },

  'account.revokeOtherSignInSessions': {
    ...personal,
    works: async (stage, owner) => {
      const person = await stage.fresh(owner, 'agent');
      const other = await stage.freshSession(person);
      return {
        client: person.client,
        shows: async () => {
          expect((await stage.gateway.call.query('account.get', undefined, other)).error?.code).toBe('SIGNED_OUT');
          expect((await stage.gateway.call.query('account.listSignInSessions', undefined, person.client)).data).toHaveLength(1);
        },
      };
    },
    badInput: {},
  },

  'account.beginTotp': {
    ...personal,
    works: async (stage, owner) => {
      const { client, password } = await stage.fresh(owner, 'agent');
      return {
        client,
        input: { password },
        shows: ({ data }) => expect(data).toEqual({ secret: expect.stringMatching(/^[A-Z2-7]{32}$/), uri: expect.stringMatching(/^otpauth:\/\/totp\/Waxos:/) }),
      };
    },
    badInput: { password: 'not the password' },
  },

  'account.confirmTotp': {
    ...personal,
    works: async (stage, owner) => {
      const { client, password } = await stage.fresh(owner, 'agent');
      const { secret } = dataOf<{ secret: string }>(await stage.gateway.call.mutate('account.beginTotp', { password }, client));
      return { client, input: { code: codeAt(secret, stage.gateway.clock.now()) }, shows: ({ data }) => expect(data).toEqual(CODES) };
    },
    badInput: { code: '12 34' },
  },

  'account.disableTotp': {
    ...personal,
    works: async (stage, owner) => {
      const person = await stage.fresh(owner, 'agent');
      const { client } = await switchTotpOn(stage.gateway, person);
      return {
        client,
        input: { password: person.password },
        shows: async ({ cookie = '' }) => {
          expect((await stage.gateway.call.query('account.get', undefined, { cookie })).data).toMatchObject({ totpEnabled: false, recoveryCodesLeft: 0 });
        },
      };
    },
    badInput: { password: 'not the password' },
  },

  'account.renewRecoveryCodes': {
    ...personal,
    works: async (stage, owner) => {
      const person = await stage.fresh(owner, 'agent');
      const { client, recoveryCodes } = await switchTotpOn(stage.gateway, person);
      return {
        client,
        input: { password: person.password },
        shows: ({ data }) => {
          expect(data).toEqual(CODES);
          expect(data).not.toEqual({ recoveryCodes });
        },
      };
    },
    badInput: { password: 'not the password' },
  },
};
