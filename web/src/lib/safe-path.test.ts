import { expect, test } from 'vitest';
import { safePath } from './safe-path.ts';

test.each([
  ['/w/1/settings/members', '/w/1/settings/members'],
  ['/account/profile?tab=1#top', '/account/profile?tab=1#top'],
  ['/a/../b', '/b'],
])('%s is a path of this site', (path, resolved) => {
  expect(safePath(path)).toBe(resolved);
});

test.each([
  'https://evil.example/',
  '//evil.example/',
  '/\\evil.example/',
  '/\t/evil.example/',
  '/.//evil.example',
  '/x/..//evil.example',
  'javascript:alert(1)',
  'w/1',
  '',
  undefined,
  ['/w/1'],
])('%j leads elsewhere or nowhere and is dropped', (path) => {
  expect(safePath(path)).toBeUndefined();
});
