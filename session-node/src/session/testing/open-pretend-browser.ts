import type { RunningBrowser } from '../../browser/browser-door.ts';
import type { PretendWorld } from './pretend-world.ts';

export const openPretendBrowser = (world: PretendWorld): RunningBrowser => {
  let gone: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => {
    gone = resolve;
  });
  const one = {
    end: () => {
      world.browsers.delete(one);
      if (world.page !== undefined) world.page.alive = false;
      gone();
    },
  };
  world.browsers.add(one);
  return {
    pid: 1,
    handle: undefined,
    profileDir: '/nowhere',
    measureBytes: async () => 100_000_000,
    measureDisk: async () => 10_000_000,
    isRestorable: world.restorable,
    keptAt: () => undefined,
    keepCopy: async () => undefined,
    gone: ended,
    close: async (options) => {
      if (world.stubborn) return new Promise(() => undefined);
      if (options?.profile === 'replace') {
        world.replaced += 1;
        world.restorable = false;
        world.linked = world.copyLinked;
      }
      if (options?.profile === 'destroy') {
        world.destroyed += 1;
        world.linked = false;
      }
      one.end();
      return 'clean';
    },
    kill: async () => one.end(),
  };
};
