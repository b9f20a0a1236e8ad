import { afterEach, expect, test, vi } from 'vitest';
import { loadWhenOnline } from './load-when-online.ts';

let waiting: (() => void)[] = [];

function setNetwork(onLine: boolean): void {
  waiting = [];
  vi.stubGlobal('navigator', { onLine });
  vi.stubGlobal('addEventListener', (_event: string, back: () => void) => waiting.push(back));
}

async function networkComesBack(): Promise<void> {
  await vi.waitUntil(() => waiting.length > 0);
  for (const back of waiting) back();
}

afterEach(() => vi.unstubAllGlobals());

/** Fails as often as told, then gives the module. */
function failing(times: number): () => Promise<string> {
  let left = times;
  return async () => {
    left -= 1;
    if (left >= 0) throw new TypeError('Failed to fetch dynamically imported module');
    return 'module';
  };
}

test('what cannot be loaded offline is loaded when the network is back', async () => {
  setNetwork(false);
  const loaded = loadWhenOnline(failing(1))();
  await networkComesBack();
  await expect(loaded).resolves.toBe('module');
});

test('what cannot be loaded online is a failure at once', async () => {
  setNetwork(true);
  await expect(loadWhenOnline(failing(1))()).rejects.toThrow('Failed to fetch');
});

test('what still cannot be loaded when the network is back is a failure', async () => {
  setNetwork(false);
  const loaded = loadWhenOnline(failing(2))();
  await Promise.all([expect(loaded).rejects.toThrow('Failed to fetch'), networkComesBack()]);
});
