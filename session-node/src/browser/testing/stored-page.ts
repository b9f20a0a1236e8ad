import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { onTestFinished } from 'vitest';
import type { RunningBrowser } from '../browser-door.ts';

// The one build of it that is loaded, see launch-browser.ts.
const { Browser } = createRequire(import.meta.url)('puppeteer-core') as typeof import('puppeteer-core');

/** A page on this machine, whose origin has storage. */
export const servePage = async (asked: string[] = []): Promise<string> => {
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.setHeader('content-type', 'text/html').end('<!doctype html><body>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return `http://127.0.0.1:${address.port}/`;
};

export const evaluate = async (running: RunningBrowser, url: string, script: string): Promise<unknown> => {
  if (!(running.handle instanceof Browser)) throw new Error('not puppeteer’s browser');
  const [page] = await running.handle.pages();
  if (page === undefined) throw new Error('no page');
  if (page.url() !== url) await page.goto(url);
  return page.evaluate(script);
};

/** Stores a word in both places where a link lives. */
export const remember = (word = 'yes'): string => `new Promise((resolve, reject) => {
  localStorage.setItem('kept', '${word}');
  const opening = indexedDB.open('kept', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
  opening.onsuccess = () => { const t = opening.result.transaction('kept', 'readwrite', { durability: 'strict' }); t.objectStore('kept').put('${word}', 'key'); t.oncomplete = () => resolve('${word}'); };
  opening.onerror = reject;
})`;

export const recall = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('kept', 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore('kept');
  opening.onsuccess = () => { const get = opening.result.transaction('kept').objectStore('kept').get('key'); get.onsuccess = () => resolve([localStorage.getItem('kept'), get.result ?? null]); };
  opening.onerror = reject;
})`;
