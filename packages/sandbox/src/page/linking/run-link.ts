import type { Me, NetworkFrame, PageManners } from '../../wire/frames.ts';
import type { App } from '../app.ts';
import type { Link } from '../storage/keep-link.ts';
import { resendUnsent } from '../threads/send-message.ts';
import { answerPasskey } from './answer-passkey.ts';
import { nameOf } from './browser-info.ts';
import { endLink } from './end-link.ts';
import { holdLink, type HeldLink } from './hold-link.ts';
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

const usualManners: PageManners = { offlineBeforeSync: true, syncMs: 1_000, stateOnLogout: 'navigates', messagesInMemory: 20 };

export const runLink = (app: App): LinkLife => {
  const link = holdLink(app);
  let manners = usualManners;
  const sync = openSync(app, () => manners);
  const refs = showRefs(app);
  const end = endLink(app, link, () => manners);

  const onUp = (): void => greet(app, link);
  const onDown = (): void => {
    refs.stop();
    sync.stop();
    if (app.socket.state !== 'CONFLICT') app.socket.set({ state: 'OPENING', stream: 'DISCONNECTED' });
  };
  const rename = (me: Me): void => {
    const linked = link.get();
    if (linked !== undefined) link.become({ ...linked, me });
  };
  const onFrame = listener({
    refs: (frame) => refs.show(frame),
    passkey: ({ challenge }) => void answerPasskey(app, challenge),
    linked: ({ device, token, me }) => {
      refs.stop();
      link.become({ device, token, me });
      app.socket.set({ state: 'PAIRING' });
      app.socket.set({ state: 'OPENING' });
      onUp();
    },
    welcome: (frame) => {
      rename(frame.me);
      manners = frame.manners;
      app.socket.set({ state: 'CONNECTED', stream: 'SYNCING' });
      sync.begin(frame);
      resendUnsent(app);
    },
    stanza: ({ n, stanza }) => sync.take(n, stanza),
    offlineEnd: () => sync.offlineEnd(),
    me: ({ me }) => rename(me),
    manners: (frame) => void (manners = frame.manners),
    live: ({ live }) => app.cmd.trigger(`live_${live.l}`, live),
    reload: () => location.reload(),
    closed: ({ reason }) => void end.closed(reason).catch(reportError),
    // Answers to what was asked; the line has settled them already.
    result: () => undefined,
    pairingCode: () => undefined,
    pong: () => undefined,
  });

  return {
    onUp,
    onDown,
    onFrame,
    refreshRefs: () => {
      if (link.get() === undefined) app.line.send({ t: 'refresh' });
    },
    takeOver: () => app.line.redial(),
    logOut: end.logOut,
    link: link.get,
    manners: () => manners,
  };
};

/** Says who this is: a linked device, or one that wants to be. */
const greet = (app: App, link: HeldLink): void => {
  const linked = link.get();
  if (linked === undefined) app.line.send({ t: 'register', registration: { ...app.registration, name: nameOf(app.browserInfo.info()) } });
  else app.line.send({ t: 'login', device: linked.device, token: linked.token, build: app.options.build });
};

type Listeners = { [T in NetworkFrame['t']]: (frame: Extract<NetworkFrame, { t: T }>) => void };

const listener =
  (listeners: Listeners) =>
  (frame: NetworkFrame): void => {
    // The table has one for each kind of frame, and it takes just that kind.
    const listen = listeners[frame.t] as (told: NetworkFrame) => void;
    listen(frame);
  };
