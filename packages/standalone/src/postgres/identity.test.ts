import { expect, test } from 'vitest';
import { chooseIdentity } from './identity.ts';

const root = { uid: 0, gid: 0 };
const owner = { uid: 1000, gid: 1000 };

test('an ordinary user runs PostgreSQL as themselves, whoever owns the folders', () => {
  expect(chooseIdentity({ processUid: 1001, processGid: 1002, owners: [owner, root] })).toEqual({ uid: 1001, gid: 1002, isLent: false });
});

test('root lends the uid of the first owner that is not root', () => {
  expect(chooseIdentity({ processUid: 0, processGid: 0, owners: [root, owner] })).toEqual({ uid: 1000, gid: 1000, isLent: true });
});

test('root lends the uid of nobody where root owns everything', () => {
  expect(chooseIdentity({ processUid: 0, processGid: 0, owners: [root, root] })).toEqual({ uid: 65_534, gid: 65_534, isLent: true });
  expect(chooseIdentity({ processUid: 0, processGid: 0, owners: [] })).toMatchObject({ uid: 65_534, isLent: true });
});
