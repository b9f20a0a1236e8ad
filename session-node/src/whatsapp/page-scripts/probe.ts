import type { Page } from './page.ts';

/** Which of these the page lacks, after so long: modules may come after the page. A member is `Module.member.member`. */
export const findMissing = async ({ members, waitMs }: { members: string[]; waitMs: number }): Promise<{ build: string; missing: string[] }> => {
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
  for (const until = Date.now() + waitMs; ; ) {
    const missing = members.filter((path) => !isThere(path));
    if (missing.length === 0 || Date.now() >= until) return { build: page.Debug?.VERSION ?? '', missing };
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};
