import type { Page } from './page.ts';

/** Runs before the page's own scripts. A passkey that is asked for is told, and the page waits for it in vain. */
export const watchPasskey = (): void => {
  const page = globalThis as unknown as Page & { navigator: { credentials?: { get: unknown } } };
  const { credentials } = page.navigator;
  if (credentials === undefined) return;
  credentials.get = (): Promise<never> => {
    void page.waxosTell([{ what: 'passkey' }]);
    return new Promise<never>(() => undefined);
  };
};
