import type { App } from '../app.ts';
import { keepLink, readLink, type Link } from '../storage/keep-link.ts';

/** The link of this device, in memory and in the profile. */
export interface HeldLink {
  get: () => Link | undefined;
  become: (link: Link) => void;
  forget: () => void;
}

export const holdLink = (app: App): HeldLink => {
  let link = readLink();
  return {
    get: () => link,
    become: (linked) => {
      link = linked;
      keepLink(linked);
      // By it the server knows which build to give this device.
      document.cookie = `device=${linked.device}; Secure; SameSite=Strict; Max-Age=31536000; Path=/`;
      app.conn.become(linked.me);
    },
    forget: () => void (link = undefined),
  };
};
