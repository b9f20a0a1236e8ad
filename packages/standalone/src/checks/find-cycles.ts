import type { Finding } from './finding.ts';
import type { ModuleGraph } from './module-graph.ts';

/** Rings of modules that import each other, types included and across packages; each is told once, at its first file. */
export const findCycles = ({ modules }: ModuleGraph): Finding[] => {
  const done = new Set<string>();
  const path: string[] = [];
  const rings = new Map<string, string[]>();

  const walk = (file: string): void => {
    const at = path.indexOf(file);
    if (at !== -1) {
      const ring = path.slice(at);
      rings.set(ring.toSorted().join(), ring);
      return;
    }
    if (done.has(file)) return;
    path.push(file);
    for (const { target } of modules.get(file)?.imports ?? []) if (target.kind === 'file') walk(target.file);
    path.pop();
    done.add(file);
  };

  for (const file of modules.keys()) walk(file);
  return [...rings.values()].map((ring) => ({ file: ring[0], message: `is in a ring of imports: ${[...ring, ring[0]].join(' → ')}` }));
};
