import type { Finding } from './finding.ts';
import type { ModuleGraph } from './module-graph.ts';

const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Languages are written as browsers write them. */
const language = /^[a-z]{2}-[A-Z]{2}$/;
const emptyWords = new Set(['util', 'utils', 'helper', 'helpers', 'common', 'type', 'types', 'constant', 'constants', 'misc', 'shared', 'index']);
const emptyRoles = /(?:^|[a-z0-9-])(service|manager|helpers?|utils?|handler|factory|base|impl)$/i;
/** A knowledge base is a thing customers have, a database too. */
const realBases = /(knowledge-?base|database)$/i;

const ours = /^(packages|server|session-node|web|bench|migrations)\//;

/** Names that say what is inside: product words in kebab-case, and no module that only passes others on. */
export const judgeNames = ({ files, modules }: ModuleGraph): Finding[] => [
  ...files.filter((file) => ours.test(file) && /\.(ts|tsx|mts|cts|js|cjs|mjs|css|sql)$/.test(file)).flatMap(judgePath),
  ...[...modules].flatMap(([file, module]) => [
    ...(module.barrel ? [{ file, message: 'only passes on what others export; list sub-paths in package.json instead' }] : []),
    ...module.exported.filter(({ name }) => isEmptyRole(name)).map(({ name, line }) => ({ file, line, message: `exports ${name}, whose last word says nothing` })),
  ]),
];

const isEmptyRole = (name: string): boolean => emptyRoles.test(name) && !realBases.test(name);

const judgePath = (file: string): Finding[] => {
  const segments = file.split('/');
  // `0001_accounts.sql` keeps the habit of migrations; `launch.cjs`, `x.db.test.ts`: what follows the first dot is a kind.
  const words = segments.map((segment, index) => (index === segments.length - 1 ? segment.replace(/\..*$/, '') : segment)).filter((word) => word !== '');
  return words.flatMap((word): Finding[] => {
    if (emptyWords.has(word)) return [{ file, message: `is named ${word}, which says nothing of the product` }];
    if (isEmptyRole(word)) return [{ file, message: `is named ${word}, whose last word says nothing` }];
    return kebab.test(word.replaceAll('_', '-')) || language.test(word) ? [] : [{ file, message: `is not in kebab-case: ${word}` }];
  });
};
