import type { Page, Tools } from './page.ts';

/** The tools' beginning: telling what there is to tell, in one call of all that comes together, and in order. */
export const installTelling = (): void => {
  const page = globalThis as unknown as Page;
  if ((page.waxos as Tools | undefined) !== undefined) return;
  let waiting: Record<string, unknown>[] = [];
  let last: Promise<void> = Promise.resolve();

  const tell = (told: Record<string, unknown>): void => {
    waiting.push(told);
    if (waiting.length > 1) return;
    queueMicrotask(() => {
      const all = waiting;
      waiting = [];
      void page.waxosTell(all);
    });
  };
  const inOrder = (work: () => Promise<void> | void): void => {
    last = last.then(work).catch((error: unknown) => tell({ what: 'failed', text: String(error) }));
  };
  page.waxos = { tell, inOrder, heard: new WeakSet<object>(), files: new Map(), blobs: new Map(), downloads: new Map() } as unknown as Tools;
};
