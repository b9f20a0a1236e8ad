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
  /** Whoever held the profile before is known to be dead, though this host cannot see it. */
  ownerDead?: boolean;
}

export interface RunningBrowser extends DrivenBrowser {
  pid: number;
  /** Proportional set size of the whole tree. */
  measureBytes: () => Promise<number>;
  /** Resolves when it is gone, however it went. */
  gone: Promise<void>;
  /**
   * Asks it to close, and kills it when it does not; with `profile: 'destroy'` the link is gone too. Says which it was:
   * only after a clean close does what is absent from the profile prove that it was never sent.
   */
  close: (options?: { profile?: 'keep' | 'destroy' }) => Promise<'clean' | 'killed'>;
  kill: () => Promise<void>;
}

/** Another node, or a newer lease, holds the profile. */
export class ProfileHeld extends Error {
  override name = 'ProfileHeld';
}
