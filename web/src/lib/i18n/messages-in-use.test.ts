import { expect, test } from 'vitest';
import { english } from './en/catalogue.ts';

const sources = import.meta.glob<string>(['../../**/*.ts', '../../**/*.tsx', '!../../lib/i18n/**', '!../../**/*.test.*'], {
  query: '?raw',
  import: 'default',
  eager: true,
});

test('every message is said somewhere', () => {
  const text = Object.values(sources).join('\n');
  // Keys made of a noun and a value of the contract, such as `roles.${role}`.
  const prefixes = [...text.matchAll(/`([a-zA-Z]+\.)\$\{/g)].map(([, prefix = '']) => prefix);
  const unused = Object.keys(english).filter((key) => !text.includes(`'${key}'`) && !prefixes.some((prefix) => key.startsWith(prefix)));
  expect(unused).toEqual([]);
});
