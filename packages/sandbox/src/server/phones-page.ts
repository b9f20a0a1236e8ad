import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { SandboxRefusal } from '../network/refusal.ts';
import { bundlePage } from './bundle-page.ts';
import { sendText, type Route } from './routes.ts';

const folder = new URL('../phones/', import.meta.url);
const policy = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' blob: data:", "media-src 'self' blob:", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'self'"].join('; ');

/** In this order: where two rules weigh the same, the later one holds. */
const sheets = ['tokens', 'page', 'controls', 'dialogs', 'rail', 'phone', 'conversation', 'messages', 'contents', 'composer'] as const;

interface PhonesPage {
  html: string;
  assets: Map<string, { text: string; type: string }>;
}

/** The page to hold pretend phones in a browser. Its addresses are relative, for it is shown under /sandbox/ as well. */
export const phonesPageRoutes = (): Route[] => {
  let made: Promise<PhonesPage> | undefined;
  const page = (): Promise<PhonesPage> => {
    made ??= makePage();
    made.catch(() => (made = undefined));
    return made;
  };
  return [
    { method: 'GET', path: '/phones', answer: ({ response }) => void response.writeHead(308, { location: '/phones/' }).end() },
    {
      method: 'GET',
      path: '/phones/',
      answer: async ({ response }) =>
        sendText(response, (await page()).html, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache', 'content-security-policy': policy, 'referrer-policy': 'no-referrer' }),
    },
    {
      method: 'GET',
      path: '/phones/assets/:name',
      answer: async ({ response, params }) => {
        const asset = (await page()).assets.get(params['name'] ?? '');
        if (asset === undefined) throw new SandboxRefusal('not_found', 'There is no such file.');
        sendText(response, asset.text, { 'content-type': asset.type, 'cache-control': 'public, max-age=31536000, immutable', 'content-security-policy': policy });
      },
    },
  ];
};

const makePage = async (): Promise<PhonesPage> => {
  const [html, styles, script] = await Promise.all([
    readFile(new URL('index.html', folder), 'utf8'),
    Promise.all(sheets.map((sheet) => readFile(new URL(`styles/${sheet}.css`, folder), 'utf8'))),
    bundlePage(fileURLToPath(new URL('main.tsx', folder))),
  ]);
  const style = styles.join('');
  const styleName = hashedName(style, 'css');
  const scriptName = hashedName(script, 'js');
  return {
    html: html.replace('assets/phones.css', `assets/${styleName}`).replace('assets/phones.js', `assets/${scriptName}`),
    assets: new Map([
      [styleName, { text: style, type: 'text/css; charset=utf-8' }],
      [scriptName, { text: script, type: 'text/javascript; charset=utf-8' }],
    ]),
  };
};

const hashedName = (text: string, ending: string): string => `phones-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.${ending}`;
