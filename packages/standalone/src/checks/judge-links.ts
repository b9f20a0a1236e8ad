import { posix } from 'node:path';
import type { Finding } from './finding.ts';

/** Whatever a Markdown text links to inside the repository must be there, and so must a heading it points at. */
export const judgeLinks = (file: string, text: string, tree: { files: readonly string[]; read: (file: string) => string | undefined }): Finding[] => {
  const paths = new Set(tree.files.flatMap((path) => [path, ...foldersOf(path)]));
  return findLinks(text).flatMap(({ link, line }): Finding[] => {
    if (/^[a-z][a-z0-9+.-]*:/i.test(link)) return [];
    const [path = '', heading] = decodeURIComponent(link).split('#', 2);
    const target = path === '' ? file : posix.join(path.startsWith('/') ? '.' : posix.dirname(file), path).replace(/\/$/, '');
    if (target !== '.' && !paths.has(target)) return [{ file, line, message: `links to ${link}, which is not there` }];
    if (heading === undefined || !target.endsWith('.md')) return [];
    return headingsOf(tree.read(target) ?? '').has(heading) ? [] : [{ file, line, message: `links to ${link}, and no heading has that name` }];
  });
};

/** Every `npm run x` that a text tells a reader to type must be a verb of package.json. */
export const judgeCommands = (file: string, text: string, scripts: ReadonlySet<string>): Finding[] =>
  text.split('\n').flatMap((content, index) =>
    [...content.matchAll(/\bnpm (?:run ([\w:-]+)|(start|test)\b)/g)].flatMap((match): Finding[] => {
      const verb = match[1] ?? match[2] ?? '';
      return scripts.has(verb) ? [] : [{ file, line: index + 1, message: `says npm run ${verb}, which package.json does not have` }];
    }),
  );

const findLinks = (text: string): { link: string; line: number }[] => {
  const links: { link: string; line: number }[] = [];
  let fenced = false;
  for (const [index, content] of text.split('\n').entries()) {
    if (/^\s*(```|~~~)/.test(content)) fenced = !fenced;
    if (fenced) continue;
    const prose = content.replaceAll(/`[^`]*`/g, '');
    for (const match of prose.matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|^\[[^\]]+\]:\s+(\S+)|(?:src|href)="([^"]+)"/g)) {
      links.push({ link: match[1] ?? match[2] ?? match[3] ?? '', line: index + 1 });
    }
  }
  return links;
};

const headingsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/^#+\s+(.+)$/gm)].map((match) => (match[1] ?? '').toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').trim().replaceAll(' ', '-')));

const foldersOf = (path: string): string[] => {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
};
