import { AUDIT_ACTIONS } from '@waxos/contract/audit';
import { DEVICE_KINDS, DEVICE_STATE_REASONS, DEVICE_STATES } from '@waxos/contract/devices';
import { errorTable } from '@waxos/contract/errors';
import { fieldProblems } from '@waxos/contract/field-problems';
import { LOCALES } from '@waxos/contract/fields';
import { PERMISSIONS, ROLES } from '@waxos/contract/permissions';
import { describe, expect, test } from 'vitest';
import { loadCatalogue } from './load-catalogue.ts';
import { english } from './en/catalogue.ts';
import { parameterNames, type Message } from './message.ts';

const reference: Readonly<Record<string, Message>> = english;
const contractKeys = [
  ...Object.keys(errorTable).map((code) => `errors.${code}`),
  ...Object.keys(fieldProblems).map((key) => `problems.${key}`),
  ...PERMISSIONS.map((permission) => `permissions.${permission}`),
  ...ROLES.flatMap((role) => [`roles.${role}`, `roleHints.${role}`]),
  ...AUDIT_ACTIONS.map((action) => `actions.${action}`),
  ...DEVICE_KINDS.flatMap((kind) => [`deviceKinds.${kind}`, `deviceKindHints.${kind}`]),
  ...DEVICE_STATES.flatMap((state) => [`deviceStates.${state}`, `deviceSteps.${state}`]),
  ...DEVICE_STATE_REASONS.map((reason) => `deviceReasons.${reason}`),
];

test('every error code, field problem, permission, role, audited act and state of a device of the contract has a message', () => {
  expect(contractKeys.filter((key) => !Object.hasOwn(reference, key))).toEqual([]);
});

test('no message speaks of an error, problem, permission or act that the contract no longer has', () => {
  const ours = Object.keys(reference).filter((key) => /^(errors|problems|permissions|roles|roleHints|actions|deviceKinds|deviceKindHints|deviceStates|deviceSteps|deviceReasons)\./.test(key));
  expect(ours.filter((key) => !contractKeys.includes(key))).toEqual([]);
});

describe.each(LOCALES)('%s', (locale) => {
  test('has the messages of English, none missing and none more', async () => {
    expect(Object.keys(await loadCatalogue(locale)).sort()).toEqual(Object.keys(reference).sort());
  });

  test('leaves no message empty', async () => {
    const texts = Object.values<Message>(await loadCatalogue(locale)).flatMap((message) =>
      typeof message === 'string' ? [message] : Object.values(message),
    );
    expect(texts.filter((text) => text.trim() === '')).toEqual([]);
  });

  test('takes the same parameters as English in every message', async () => {
    const catalogue: Readonly<Record<string, Message>> = await loadCatalogue(locale);
    const differing = Object.entries(catalogue).filter(
      ([key, message]) => String(parameterNames(message)) !== String(parameterNames(reference[key] ?? '')),
    );
    expect(differing).toEqual([]);
  });

  test('has no plural form that asks for something English does not give', async () => {
    const catalogue: Readonly<Record<string, Message>> = await loadCatalogue(locale);
    const strange = Object.entries(catalogue).filter(([key, message]) => {
      const known = parameterNames(reference[key] ?? '');
      const forms = typeof message === 'string' ? [message] : Object.values(message);
      return forms.some((form) => parameterNames(form).some((name) => !known.includes(name)));
    });
    expect(strange).toEqual([]);
  });

  test('has the plural forms that its whole numbers need', async () => {
    const rules = new Intl.PluralRules(locale);
    // From one on: a wait or a validity is never nought, so that form may be left to `other`.
    const needed = new Set(Array.from({ length: 210 }, (_, count) => rules.select(count + 1)));
    const lacking = Object.entries<Message>(await loadCatalogue(locale)).filter(
      ([, message]) => typeof message !== 'string' && [...needed].some((form) => message[form] === undefined),
    );
    expect(lacking.map(([key]) => key)).toEqual([]);
  });
});

test.each(LOCALES.filter((locale) => locale !== 'en'))('%s leaves no English sentence standing', async (locale) => {
  const catalogue: Readonly<Record<string, Message>> = await loadCatalogue(locale);
  const standing = Object.entries(catalogue).filter(
    ([key, message]) => typeof message === 'string' && message === reference[key] && message.split(' ').length > 3,
  );
  expect(standing).toEqual([]);
});
