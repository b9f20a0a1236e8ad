import type { ModuleTable } from '../app.ts';

/** WhatsApp's `require`: modules by name. Several of our files may give parts of one module. */
export const makeRequire = (tables: readonly ModuleTable[], lacking: readonly string[] = []): ((name: string) => object) => {
  const modules = new Map<string, object>();
  for (const table of tables) {
    for (const [name, part] of Object.entries(table)) {
      const known = modules.get(name);
      modules.set(name, known === undefined ? part : Object.assign(known, part));
    }
  }
  for (const name of lacking) modules.delete(name);
  return (name) => {
    const found = modules.get(name);
    if (found === undefined) throw new Error(`Requiring unknown module "${name}"`);
    return found;
  };
};
