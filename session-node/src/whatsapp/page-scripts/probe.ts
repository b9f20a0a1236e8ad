import type { Page } from './page.ts';

/** Which of these the page lacks. A member is `Module.member.member`. */
export const findMissing = (wanted: string[]): { build: string; missing: string[] } => {
  const page = globalThis as unknown as Page & { require?: (name: string) => unknown };
  const isThere = (path: string): boolean => {
    try {
      const [name = '', ...members] = path.split('.');
      let value: unknown = (page.require as (name: string) => unknown)(name);
      for (const member of members) value = (value as Record<string, unknown> | undefined)?.[member];
      return value !== undefined && value !== null;
    } catch {
      // An unknown module is thrown at whoever requires it.
      return false;
    }
  };
  return { build: page.Debug?.VERSION ?? '', missing: wanted.filter((path) => !isThere(path)) };
};
