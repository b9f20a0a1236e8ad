import type { DrivenBrowser } from '../whatsapp/driver.ts';

/** How sessions get a Chromium, and how it ends. `closed` is said only when no process of it is left. */
export interface BrowserDoor {
  open: (wanted: WantedBrowser) => Promise<RunningBrowser>;
  /** Nothing is left running, and nothing more is opened. */
  close: () => Promise<void>;
}

export interface WantedBrowser {
  device: string;
  kind: 'whatsapp' | 'sandbox';
  browser: 'headless_shell' | 'chromium';
  /** Of the lease: an older one is refused by the profile's own lock. */
  epoch: number;
  /** Whoever held the profile before is known to be dead, though this host cannot see it. Else it goes on on a copy. */
  ownerDead?: boolean | undefined;
}

export interface RunningBrowser extends DrivenBrowser {
  pid: number;
  /** Proportional set size of the whole tree. */
  measureBytes: () => Promise<number>;
  /** Of the profile on the disk. */
  measureDisk: () => Promise<number>;
  /** There is an earlier copy of the profile, and it is not this very one. */
  isRestorable: boolean;
  /** When the profile was last kept, in milliseconds; undefined: never. */
  keptAt: () => number | undefined;
  /** Keeps a copy of the profile as it is now; the browser stands still for a moment. */
  keepCopy: () => Promise<void>;
  /** Resolves when it is gone, however it went. */
  gone: Promise<void>;
  /**
   * Asks it to close, and kills it when it does not. With `profile: 'destroy'` the link is gone too; with 'replace' what
   * the page had stored is lost, and the next browser gets the newest copy of it. Says which it was: only after a clean
   * close does what is absent from the profile prove that it was never sent.
   */
  close: (options?: { profile?: ProfileEnd }) => Promise<'clean' | 'killed'>;
  kill: () => Promise<void>;
}

export type ProfileEnd = 'keep' | 'destroy' | 'replace';

/** No browser starts on the profile though one starts on an empty one, and there is no copy of it. */
export class ProfileLost extends Error {
  override name = 'ProfileLost';
}

/** Another node, or a newer lease, holds the profile. */
export class ProfileHeld extends Error {
  override name = 'ProfileHeld';
}
