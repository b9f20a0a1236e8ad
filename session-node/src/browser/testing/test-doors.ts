import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect } from 'vitest';
import { sandboxArguments as argumentsOf } from '@waxos/sandbox/browser-arguments';
import type { TestChromium } from '@waxos/sandbox/conformance/testing/test-chromium';
import type { BrowserDoor } from '../browser-door.ts';
import { openBrowserDoor, type BrowserDoorOptions } from '../open-browser-door.ts';

export const sandboxArguments = argumentsOf({ port: 9, spki: `${'a'.repeat(43)}=` });

export interface TestDoors {
  dir: () => string;
  /** A folder of profiles in it. */
  profilesDir: () => string;
  /** What doors told of profiles. */
  noticed: string[];
  open: (chromium: TestChromium, changed?: Partial<BrowserDoorOptions>) => Promise<BrowserDoor>;
}

/** Doors for one test after another, each with a folder of its own; all are closed behind it. */
export const useDoors = (): TestDoors => {
  const doors: BrowserDoor[] = [];
  const noticed: string[] = [];
  let dir = '';
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'waxos-door-'));
    await chmod(dir, 0o711);
  });
  afterEach(async () => {
    await Promise.all(doors.splice(0).map((door) => door.close()));
    await rm(dir, { recursive: true });
    noticed.length = 0;
  });
  return {
    dir: () => dir,
    profilesDir: () => join(dir, 'profiles'),
    noticed,
    open: async ({ kind, executablePath = '', env }, changed = {}) => {
      const door = await openBrowserDoor({
        node: 'a',
        profilesDir: join(dir, 'profiles'),
        executables: { [kind === 'chromium' ? 'chromium' : 'headless_shell']: { executablePath, env } },
        sandboxArguments,
        watchdog: { watch: () => Promise.resolve(), unwatch: () => Promise.resolve() },
        profileBytesMax: 100_000_000,
        launchTimeoutMs: 30_000,
        closeTimeoutMs: 10_000,
        warm: { whatsapp: 0, sandbox: 0 },
        hasRoom: () => true,
        isCalm: () => true,
        onWarm: () => undefined,
        snapshots: { count: 3, ageMs: 86_400_000, everyMs: 3_600_000 },
        noticed: (_device, text) => void noticed.push(text),
        onFailure: (error) => expect.unreachable(String(error)),
        ...changed,
      });
      doors.push(door);
      return door;
    },
  };
};
