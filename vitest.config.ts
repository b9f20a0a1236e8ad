import { defineConfig } from 'vitest/config';
import { Summary } from './packages/standalone/src/testing/summary.ts';

const testing = './packages/standalone/src/testing';
const folders = '{packages/*,server,web,session-node,bench}';
const left = [`${testing}/left-open.ts`];
const aside = ['**/node_modules/**', '**/fixtures/**', '**/dist/**'];

// The suffix of a test says what it needs. The groups run one after another, the cheap ones first.
export default defineConfig({
  test: {
    reporters: ['default', new Summary()],
    projects: [
      {
        test: {
          name: '*.test.ts',
          include: [`${folders}/**/*.test.{ts,tsx}`],
          exclude: [...aside, '**/*.{db,chrome}.test.ts'],
          setupFiles: left,
          // Some read the whole repository, and a machine may be busy with other things.
          testTimeout: 20_000,
          hookTimeout: 30_000,
          sequence: { groupOrder: 0 },
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: '*.db.test.ts',
          include: [`${folders}/**/*.db.test.ts`],
          exclude: aside,
          globalSetup: `${testing}/with-cluster.ts`,
          setupFiles: left,
          testTimeout: 30_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
          maxWorkers: 2,
        },
      },
      {
        test: {
          name: '*.chrome.test.ts',
          include: [`${folders}/**/*.chrome.test.ts`],
          exclude: aside,
          globalSetup: [`${testing}/with-cluster.ts`, `${testing}/with-chromium.ts`],
          setupFiles: left,
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 2 },
          maxWorkers: 1,
        },
      },
      {
        test: {
          name: 'e2e/*.spec.ts',
          include: ['packages/standalone/e2e/**/*.spec.ts'],
          exclude: aside,
          globalSetup: [`${testing}/with-cluster.ts`, `${testing}/with-page.ts`],
          setupFiles: left,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 3 },
          maxWorkers: 1,
        },
      },
    ],
  },
});
