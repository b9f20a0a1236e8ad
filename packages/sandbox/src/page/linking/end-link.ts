import type { CloseReason, PageManners } from '../../wire/frames.ts';
import type { App } from '../app.ts';
import type { HeldLink } from './hold-link.ts';

export interface LinkEnd {
  /** The network has closed the device. */
  closed: (reason: CloseReason) => Promise<void>;
  /** This device logs itself out. */
  logOut: () => Promise<void>;
}

const statesOf: Partial<Record<CloseReason, 'CONFLICT' | 'TOS_BLOCK' | 'DEPRECATED_VERSION'>> = { conflict: 'CONFLICT', replaced: 'CONFLICT', banned: 'TOS_BLOCK', outdated: 'DEPRECATED_VERSION' };

/** How a link ends: kept, but not connected; or wiped, and shown as UNPAIRED or by going to /?post_logout=1. */
export const endLink = (app: App, link: HeldLink, manners: () => PageManners): LinkEnd => {
  let loggingOut: (() => void) | undefined;
  return {
    closed: async (reason) => {
      app.line.hangUp();
      const state = statesOf[reason];
      if (state !== undefined) return void app.socket.set({ state });
      const own = loggingOut;
      const navigates = reason === 'logged_out' && manners().stateOnLogout === 'navigates' && own === undefined;
      if (navigates) app.cmd.trigger('logout');
      await app.wipe();
      link.forget();
      if (own !== undefined) return own();
      if (navigates) return location.assign('/?post_logout=1');
      app.socket.set({ state: 'UNPAIRED' });
      app.line.redial();
    },
    logOut: () =>
      new Promise((resolve) => {
        loggingOut = resolve;
        // Without a line the phone hears of it later; this device forgets at once.
        if (!app.line.send({ t: 'logout' })) void app.wipe().then(resolve);
      }),
  };
};
