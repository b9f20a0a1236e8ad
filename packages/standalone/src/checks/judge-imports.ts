import type { Finding } from './finding.ts';
import { places, reserved, type Place } from './import-rules.ts';
import type { ModuleGraph, ResolvedImport } from './module-graph.ts';
import { isTest } from './repository.ts';

/** Holds every import of a tree against the table in import-rules.ts. */
export const judgeImports = ({ modules }: ModuleGraph): Finding[] => {
  const findings: Finding[] = [];
  for (const [file, module] of modules) {
    const home = findPlace(file);
    if (home === undefined) findings.push({ file, message: 'has no place in import-rules.ts' });
    else for (const link of module.imports) findings.push(...judgeImport(file, home, link).map((message) => ({ file, line: link.line, message })));
  }
  return findings;
};

/** Tests, and what only tests use. */
const isSupport = (file: string): boolean => isTest(file) || file.includes('/testing/') || file.includes('/e2e/');

const judgeImport = (file: string, home: Home, link: ResolvedImport): string[] => {
  const { target, specifier } = link;
  if (specifier === undefined) return file.startsWith('packages/standalone/') || isSupport(file) ? [] : ['imports what only running it would tell'];
  if (target.kind === 'missing') return [`imports ${specifier}, which is not there or not exported`];
  if (target.kind === 'builtin') return home.row.builtins === false && !isSupport(file) ? [`imports ${specifier}, and a browser has no Node`] : [];
  if (target.kind === 'package') return judgePackage(file, home.row, target.specifier);
  return judgeFile({ file, home, typeOnly: link.typeOnly }, target.file);
};

const judgePackage = (file: string, row: Place, specifier: string): string[] => {
  if (isSupport(file)) return [];
  if (specifier === 'vitest' || specifier.startsWith('vitest/')) return file === 'vitest.config.ts' || file.startsWith('packages/standalone/') ? [] : ['imports vitest outside a test'];
  if (row.packages !== undefined && !row.packages.some((name) => covers(name, specifier))) {
    return [`imports ${specifier}: ${row.place} imports ${row.packages.join(', ') || 'no package'} only`];
  }
  return reserved
    .filter(({ packages, only }) => packages.some((name) => covers(name, specifier)) && !only.some((place) => isWithin(place, file)))
    .map(({ why }) => `imports ${specifier}: ${why}`);
};

const judgeFile = ({ file, home, typeOnly }: { file: string; home: Home; typeOnly: boolean }, target: string): string[] => {
  if (isTest(target)) return [`imports the test ${target}`];
  if (target.includes('/testing/')) return isSupport(file) || file === 'vitest.config.ts' || file.startsWith('bench/') ? [] : [`imports ${target}, which is for tests`];
  const other = findPlace(target);
  if (other === undefined || other.name === home.name) return [];
  if (isSupport(file) && workspaceOf(file) === workspaceOf(target)) return [];
  const reaches = (entries: readonly string[] = []): boolean => entries.some((entry) => (entry.endsWith('/**') ? isWithin(entry.slice(0, -3), target) : entry === other.row.place));
  if (reaches(home.row.imports) || (isSupport(file) && reaches(home.row.tests))) return [];
  if (reaches(home.row.types)) return typeOnly ? [] : [`imports ${target} for more than its types`];
  return [`imports ${target}: ${home.name} may not import ${other.name}`];
};

interface Home {
  row: Place;
  /** The place with its star filled in: each feature is a place of its own. */
  name: string;
}

const matchers = places.map((row) => ({ row, pattern: new RegExp(`^${row.place.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}(?=/|$)`) }));

const findPlace = (file: string): Home | undefined => {
  for (const { row, pattern } of matchers) {
    const name = pattern.exec(file)?.[0];
    if (name !== undefined) return { row, name };
  }
  return undefined;
};

const isWithin = (folder: string, file: string): boolean => file === folder || file.startsWith(`${folder}/`);

const covers = (name: string, specifier: string): boolean =>
  name.endsWith('/*') ? specifier.startsWith(name.slice(0, -1)) : isWithin(name, specifier);

const workspaceOf = (file: string): string => /^(packages\/[^/]+|[^/]+)/.exec(file)?.[0] ?? file;
