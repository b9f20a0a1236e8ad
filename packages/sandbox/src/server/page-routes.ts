import { fileURLToPath } from 'node:url';
import type { Faults } from '../faults/faults.ts';
import { bundlePage } from './bundle-page.ts';
import { heavyScript, serviceWorkerScript } from './heavy-script.ts';
import { sendText, type Route } from './routes.ts';

export type Weight = 'light' | 'heavy';

/** What the page says its version is, unless a fault says another. */
export const ordinaryBuild = '2.3000.1031980585';

const entry = fileURLToPath(new URL('../page/boot.ts', import.meta.url));

interface PageParts {
  weight: () => Weight;
  /** The faults of the device whose cookie came along; of everyone, where none did. */
  faultsOf: (device: string | undefined) => Faults;
}

/** What Chromium loads as https://web.whatsapp.com/: one document, at whatever path. */
export const pageRoutes = ({ weight, faultsOf }: PageParts): Route[] => [
  { method: 'GET', path: '/favicon.ico', answer: ({ response }) => void response.writeHead(204).end() },
  { method: 'GET', path: '/heavy.js', answer: ({ response }) => sendText(response, heavyScript(), { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'public, max-age=86400' }) },
  { method: 'GET', path: '/sw.js', answer: ({ response }) => sendText(response, serviceWorkerScript, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'no-cache' }) },
  {
    method: 'GET',
    path: '/*',
    answer: async ({ request, response }) => {
      const { build = ordinaryBuild, renamedKey = false, lacksModules = [] } = faultsOf(deviceOf(request.headers.cookie));
      const script = await bundlePage(entry);
      sendText(response, pageDocument(script, { build, weight: weight(), renamedKey, lacksModules }), { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' });
    },
  },
];

/** A linked page keeps its device's id in a cookie, so that it can be given a build of its own. */
export const deviceOf = (cookies: string | undefined): string | undefined => /(?:^|;\s*)device=([\w.:-]{1,128})(?:;|$)/.exec(cookies ?? '')?.[1];

const pageDocument = (script: string, options: { build: string; weight: Weight; renamedKey: boolean; lacksModules: string[] }): string => {
  const heavy = options.weight === 'heavy' ? '<script src="/heavy.js" defer></script>' : '';
  // Neither the options nor the script may end the element that they stand in.
  const data = JSON.stringify(options).replaceAll('<', String.raw`\u003c`);
  // A name of its own: whoever reads a stack would take the page's address for a file.
  const code = script.replaceAll(/<(\/script|!--)/gi, String.raw`\x3c$1`);
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>WhatsApp Web (sandbox)</title></head><body><div id="app"></div><script type="application/json" id="sandbox">${data}</script>${heavy}<script>${code}\n//# sourceURL=page.js\n</script></body></html>`;
};
