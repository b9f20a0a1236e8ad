import { randomUUID } from 'node:crypto';
import { inject } from 'vitest';
import { cloneDatabase, dropDatabase, urlsOf, type DatabaseUrls } from '../postgres/database.ts';
import type { TestCluster } from './test-cluster.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testCluster: TestCluster;
  }
}

export interface TestDatabase extends DatabaseUrls {
  /** Drops it, cutting whatever connection is still open. */
  close: () => Promise<void>;
}

interface TestDatabaseOptions {
  /** `empty` has the roles and no table: for tests of the migrations themselves. */
  content?: 'migrated' | 'empty';
}

/** A database of this test file's own, copied from the migrated template. Tests connect by `appUrl`, as the product does. */
export const openTestDatabase = async ({ content = 'migrated' }: TestDatabaseOptions = {}): Promise<TestDatabase> => {
  const { port, passwords, templates } = inject('testCluster');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const { superuserUrl } = urlsOf(port, passwords, 'postgres');
  await cloneDatabase(superuserUrl, templates[content], name);
  return { ...urlsOf(port, passwords, name), close: () => dropDatabase(superuserUrl, name) };
};
