import type { CloseReason, NetworkFrame, PageManners } from '../../wire/frames.ts';
import type { App } from '../app.ts';
import { keepLink, readLink, type Link } from '../storage/keep-link.ts';
import { resendUnsent } from '../threads/send-message.ts';
import { nameOf } from './browser-info.ts';
import { showRefs } from './show-refs.ts';
import { openSync } from './open-sync.ts';

/**
 * The life of a linked device, as the page lives it.
 *
 * OPENING until the network answers. Without a link: `refs` → UNPAIRED, the QR turning over until the refs are
 * used up (UNPAIRED_IDLE); a phone scans → PAIRING → `linked` → OPENING. With one: `login` → `welcome` →
 * CONNECTED, then the sync, at whose end hasSynced turns. `closed` ends it: CONFLICT, UNPAIRED, TOS_BLOCK, or the
 * page goes to /?post_logout=1.
 */
export interface LinkLife {
  onUp: () => void;
  onDown: () => void;
  onFrame: (frame: NetworkFrame) => void;
  refreshRefs: () => void;
  takeOver: () => void;
  logOut: () => Promise<void>;
  link: () => Link | undefined;
  manners: () => PageManners;
}

const usualManners: PageManners = { offlineBeforeSync: true, syncMs: 50, stateOnLogout: 'navigates', messagesInMemory: 20 };

export const runLink = (app: App): LinkLife => {
  let link = readLink();
  let manners = usualManners;
  const sync = openSync(app, () => manners);
  const refs = showRefs(app);
  let loggingOut: (() => void) | undefined;

  const onUp = (): void => {
    if (link === undefined) app.line.send({ t: 'register', registration: { ...app.registration, name: nameOf(app.browserInfo.info()) } });
    else app.line.send({ t: 'login', device: link.device, token: link.token, build: app.options.build });
  };
  const onDown = (): void => {
    refs.stop();
    sync.stop();
    if (app.socket.state !== 'CONFLICT') app.socket.set({ state: 'OPENING', stream: 'DISCONNECTED' });
  };

  const become = (linked: Link): void => {
    link = linked;
    keepLink(linked);
    // By it the server knows which build to give this device.
    document.cookie = `device=${linked.device}; Secure; SameSite=Strict; Max-Age=31536000; Path=/`;
    app.conn.become(linked.me);
  };

  const closed = async (reason: CloseReason): Promise<void> => {
    app.line.hangUp();
    if (reason === 'conflict' || reason === 'replaced') return void app.socket.set({ state: 'CONFLICT' });
    if (reason === 'banned') return void app.socket.set({ state: 'TOS_BLOCK' });
    if (reason === 'outdated') return void app.socket.set({ state: 'DEPRECATED_VERSION' });
    const here = loggingOut;
    const navigates = reason === 'logged_out' && manners.stateOnLogout === 'navigates' && here === undefined;
    if (navigates) app.cmd.trigger('logout');
    await app.wipe();
    link = undefined;
    here?.();
    if (here !== undefined) return;
    if (navigates) return location.assign('/?post_logout=1');
    app.socket.set({ state: 'UNPAIRED' });
    app.line.redial();
  };

  const onFrame = (frame: NetworkFrame): void => {
    switch (frame.t) {
      case 'refs':
        return refs.show(frame);
      case 'passkey':
        return void answerPasskey(app, frame.challenge);
      case 'linked':
        refs.stop();
        become({ device: frame.device, token: frame.token, me: frame.me });
        app.socket.set({ state: 'PAIRING' });
        app.socket.set({ state: 'OPENING' });
        return onUp();
      case 'welcome':
        if (link !== undefined) become({ ...link, me: frame.me });
        manners = frame.manners;
        app.socket.set({ state: 'CONNECTED', stream: 'SYNCING' });
        sync.begin(frame);
        return resendUnsent(app);
      case 'stanza':
        return sync.take(frame.n, frame.stanza);
      case 'offlineEnd':
        return sync.offlineEnd();
      case 'me':
        if (link !== undefined) become({ ...link, me: frame.me });
        return;
      case 'manners':
        manners = frame.manners;
        return;
      case 'live':
        return app.cmd.trigger(`live_${frame.live.l}`, frame.live);
      case 'reload':
        return location.reload();
      case 'closed':
        return void closed(frame.reason).catch(reportError);
    }
  };

  return {
    onUp,
    onDown,
    onFrame,
    refreshRefs: () => {
      if (link === undefined) app.line.send({ t: 'refresh' });
    },
    takeOver: () => app.line.redial(),
    logOut: () =>
      new Promise((resolve) => {
        loggingOut = resolve;
        // Without a line the phone hears of it later; this device forgets at once.
        if (!app.line.send({ t: 'logout' })) void app.wipe().then(resolve);
      }),
    link: () => link,
    manners: () => manners,
  };
};

/** Asks the browser for a passkey, as WhatsApp does of some accounts since 2026. Without one, the linking ends there. */
const answerPasskey = async (app: App, challenge: string): Promise<void> => {
  const bytes = Uint8Array.from(atob(challenge.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
  const credential = await navigator.credentials.get({ publicKey: { challenge: bytes, timeout: 60_000, userVerification: 'required', rpId: location.hostname } }).catch(() => null);
  app.line.send({ t: 'passkeyAnswer', credential: credential === null ? null : { id: credential.id } });
};
