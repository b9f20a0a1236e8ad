import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBorders } from './check-borders.ts';
import { findCycles } from './find-cycles.ts';
import type { Finding } from './finding.ts';
import { places } from './import-rules.ts';
import { judgeImports } from './judge-imports.ts';
import { judgeNames } from './judge-names.ts';
import { readModuleGraph, type ModuleGraph } from './module-graph.ts';
import { repositoryRoot } from './repository.ts';
import { layFixture, removeFixture } from './testing/lay-fixture.ts';

describe('the borders', () => {
  let folder: string;
  let graph: ModuleGraph;
  let findings: Finding[];
  const refused = new Map<string, string>();

  beforeAll(async () => {
    folder = await layFixture('borders');
    graph = await readModuleGraph(folder);
    findings = [...judgeImports(graph), ...judgeNames(graph), ...findCycles(graph)];
    for (const file of graph.modules.keys()) {
      const why = /^\/\/ refused: (.+)$/m.exec(await readFile(join(folder, file), 'utf8'))?.[1];
      if (why !== undefined) refused.set(file, why);
    }
  });
  afterAll(() => removeFixture(folder));

  test('each fixture is refused for the reason it names', () => {
    expect([...refused].filter(([file, why]) => !findings.some((finding) => finding.file === file && finding.message.includes(why)))).toEqual([]);
    expect(refused.size).toBeGreaterThan(30);
  });

  test('modules that keep the rules are let through', () => {
    expect(findings.filter(({ file }) => file !== undefined && !refused.has(file))).toEqual([]);
    expect(graph.modules.size - refused.size).toBeGreaterThan(15);
  });

  test('a finding tells the line of the import', () => {
    expect(findings.find(({ file }) => file === 'server/src/features/audits/pooled.ts')?.line).toBe(2);
  });

  test('a ring of imports is found across packages', () => {
    expect(findCycles(graph).map(({ message }) => message)).toContainEqual(expect.stringMatching(/standalone\/src\/round\.ts → server\/src\/features\/audits\/around\.ts → packages\/standalone/));
  });

  test('a tree in which known modules are missing does not pass', async () => {
    const { findings: missing } = await checkBorders.run(folder, []);
    expect(missing.map(({ file }) => file)).toContain('packages/contract/src/errors.ts');
  });
});

test('the imports of the repository itself are read', async () => {
  const graph = await readModuleGraph(repositoryRoot);
  expect(graph.modules.size).toBeGreaterThan(100);
  const targets = graph.modules.get('server/src/db/tenant.ts')?.imports.map(({ target }) => target);
  expect(targets).toContainEqual({ kind: 'file', file: 'packages/contract/src/events.ts' });
});

test('every place that a rule names has a row of its own', () => {
  const rows = new Set(places.map(({ place }) => place));
  const named = places.flatMap(({ imports, types = [] }) => [...imports, ...types]).filter((entry) => !entry.endsWith('/**'));
  expect(named.filter((entry) => !rows.has(entry))).toEqual([]);
});
