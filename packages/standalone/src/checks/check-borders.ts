import { demandSeen, type Check } from './finding.ts';
import { findCycles } from './find-cycles.ts';
import { judgeImports } from './judge-imports.ts';
import { judgeNames } from './judge-names.ts';
import { readModuleGraph, type ModuleGraph } from './module-graph.ts';
import { repositoryRoot } from './repository.ts';

const known = ['server/src/db/tenant.ts', 'packages/contract/src/errors.ts', 'web/src/lib/api-types.ts'];

// The graph of the repository itself serves two checks and is read once.
let own: Promise<ModuleGraph> | undefined;
export const readGraph = (root: string): Promise<ModuleGraph> => (root === repositoryRoot ? (own ??= readModuleGraph(root)) : readModuleGraph(root));

const tellSize = ({ modules, importCount }: ModuleGraph): string => `${modules.size} modules, ${importCount} imports`;

export const checkBorders: Check = {
  name: 'borders',
  async run(root) {
    const graph = await readGraph(root);
    return { findings: [...judgeImports(graph), ...judgeNames(graph), ...demandSeen(new Set(graph.modules.keys()), known)], examined: tellSize(graph) };
  },
};

export const checkCycles: Check = {
  name: 'cycles',
  async run(root) {
    const graph = await readGraph(root);
    return { findings: [...findCycles(graph), ...demandSeen(new Set(graph.modules.keys()), known)], examined: tellSize(graph) };
  },
};
