import type { Page } from './page.ts';

/**
 * Tells what stands for a while (people, groups, chats) only where it differs from what was told of it last, also
 * before the page was loaded: else every start would tell thousands of names again. What was told longer ago than a
 * week is told again, so that nothing which was lost on the way stays lost.
 */
export const installChanges = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos, localStorage } = page;
  const place = 'waxos-told';
  const [dayMs, keptDays, most] = [86_400_000, 7, 10_000];
  /** All of it is written at once, so not at every change. */
  const saveEveryMs = 30_000;
  let savedAt = -saveEveryMs;
  type Told = Record<string, [mark: number, day: number]>;
  const load = (): Told => {
    try {
      const { me, told } = JSON.parse(localStorage.getItem(place) ?? '') as { me: string; told: Told };
      return me === JSON.stringify(waxos.me()) ? told : {};
    } catch {
      // None yet, or not ours.
      return {};
    }
  };
  let known: Told | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    timer = undefined;
    savedAt = performance.now();
    // The first are those that were told longest ago.
    const told = Object.fromEntries(Object.entries(known ?? {}).slice(-most));
    known = told;
    try {
      localStorage.setItem(place, JSON.stringify({ me: JSON.stringify(waxos.me()), told }));
    } catch {
      // No room: then all of it is told again after the next load.
      localStorage.removeItem(place);
    }
  };
  /** Two words never count as one for long: a week at most. */
  const markOf = (text: string): number => {
    let mark = 5_381;
    for (let at = 0; at < text.length; at += 1) mark = (Math.imul(mark, 33) + text.charCodeAt(at)) | 0;
    return mark;
  };
  waxos.tellChange = (key, told) => {
    known ??= load();
    const [mark, today] = [markOf(JSON.stringify(told)), Math.floor(Date.now() / dayMs)];
    const before = known[key];
    if (before?.[0] === mark && today - before[1] < keptDays) return;
    delete known[key];
    known[key] = [mark, today];
    timer ??= setTimeout(save, Math.max(1_000, savedAt + saveEveryMs - performance.now()));
    waxos.tell(told);
  };
};
