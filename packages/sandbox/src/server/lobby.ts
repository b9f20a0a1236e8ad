import { SandboxRefusal } from '../network/refusal.ts';
import type { Random } from '../network/random.ts';
import type { Faults } from '../faults/faults.ts';
import type { NetworkFrame, Registration } from '../wire/frames.ts';
import { isPhoneNumber } from './parse-frame.ts';

/**
 * Where pages wait that are linked to no phone yet, and so belong to no network.
 *
 *   register ──▶ waiting ──scan or code──▶ linked
 *     refresh: new refs     └─ passkey demanded ──▶ asked ──the right answer──▶ linked
 *                                                     └─ any other ──▶ waiting
 *
 * A page shows its refs one after another; each can be scanned from when it was made until its time on the
 * screen is over. New refs end the old ones.
 */
export interface Lobby {
  enter: (page: LobbyPage, registration: Registration) => void;
  rename: (page: LobbyPage, name: string) => void;
  refresh: (page: LobbyPage) => void;
  pairByCode: (page: LobbyPage, asked: { id: number; phone: string }) => void;
  answerPasskey: (page: LobbyPage, credential: unknown) => void;
  leave: (page: LobbyPage) => void;
  /** Links whoever shows this QR to whoever scans; refuses with the reason. */
  scan: (qr: string, phone: ScanningPhone) => { device: string };
  enterCode: (code: string, phone: ScanningPhone) => { device: string };
  list: () => { name: string; build: string; refs: string[]; code?: string; phone?: string; passkey: boolean }[];
}

export interface LobbyPage {
  send: (frame: NetworkFrame) => void;
}

export interface ScanningPhone {
  number: string;
  passkey: boolean;
  /** Makes the device and tells the page, by the frame that is returned. */
  link: (registration: Registration, how: 'qr' | 'code') => Extract<NetworkFrame, { t: 'linked' }>;
}

interface Waiting {
  page: LobbyPage;
  registration: Registration;
  refs: { ref: string; until: number }[];
  code?: { code: string; phone: string; until: number };
  /** What to do when the passkey is answered. */
  asked?: () => { device: string };
}

interface LobbyParts {
  now: () => number;
  random: Pick<Random, 'token' | 'code'>;
  faults: () => Faults;
}

const FIRST_REF_MS = 60_000;
const NEXT_REF_MS = 20_000;
const REF_COUNT = 6;
const CODE_MS = 180_000;
const CODE_LENGTH = 8;
// Without what looks alike on a small screen.
const codeAlphabet = '123456789ABCDEFGHJKLMNPQRSTVWXYZ';

export const openLobby = ({ now, random, faults }: LobbyParts): Lobby => {
  const waiting = new Map<LobbyPage, Waiting>();

  const giveRefs = (entry: Waiting): void => {
    const { firstRefMs = FIRST_REF_MS, nextRefMs = NEXT_REF_MS, refCount = REF_COUNT } = faults();
    const at = now();
    entry.refs = Array.from({ length: refCount }, (_, index) => ({ ref: `2@${random.token()}`, until: at + firstRefMs + index * nextRefMs }));
    entry.page.send({ t: 'refs', refs: entry.refs.map(({ ref }) => ref), firstMs: firstRefMs, nextMs: nextRefMs });
  };

  const link = (entry: Waiting, phone: ScanningPhone, how: 'qr' | 'code'): { device: string } => {
    const linkNow = (): { device: string } => {
      const frame = phone.link(entry.registration, how);
      waiting.delete(entry.page);
      entry.page.send(frame);
      return { device: frame.device };
    };
    if (!phone.passkey) return linkNow();
    entry.asked = linkNow;
    entry.page.send({ t: 'passkey', challenge: random.token() });
    throw new SandboxRefusal('not_allowed', 'WhatsApp demands a passkey of this device. It is linked once it has answered with one.');
  };

  return {
    enter: (page, registration) => {
      const entry: Waiting = { page, registration, refs: [] };
      waiting.set(page, entry);
      giveRefs(entry);
    },
    rename: (page, name) => {
      const entry = waiting.get(page);
      if (entry !== undefined) entry.registration = { ...entry.registration, name };
    },
    refresh: (page) => {
      const entry = waiting.get(page);
      if (entry !== undefined) giveRefs(entry);
    },
    pairByCode: (page, { id, phone }) => {
      const entry = waiting.get(page);
      // Whether the number is anybody's is not said: a page of one workspace would learn of another's phones.
      if (entry === undefined || !isPhoneNumber(phone)) return page.send({ t: 'pairingCode', id, ok: false, code: 'A phone number is 7 to 15 digits with its country code.' });
      entry.code = { code: random.code(CODE_LENGTH, codeAlphabet), phone, until: now() + CODE_MS };
      page.send({ t: 'pairingCode', id, ok: true, code: entry.code.code });
    },
    answerPasskey: (page, credential) => {
      const entry = waiting.get(page);
      const asked = entry?.asked;
      if (entry === undefined || asked === undefined) return;
      delete entry.asked;
      // The one credential that passes: no page can make a real one here, and a test has to get past it.
      if (isAccepted(credential)) asked();
      else giveRefs(entry);
    },
    leave: (page) => void waiting.delete(page),
    scan: (qr, phone) => link(findByQr([...waiting.values()], qr, now()), phone, 'qr'),
    enterCode: (code, phone) => link(findByCode([...waiting.values()], { code, number: phone.number }, now()), phone, 'code'),
    list: () => [...waiting.values()].map((entry) => describe(entry, now())),
  };
};

const findByQr = (waiting: readonly Waiting[], qr: string, now: number): Waiting => {
  const [ref = '', noise, identity, adv] = qr.split(',');
  const entry = waiting.find(({ refs }) => refs.some((one) => one.ref === ref));
  if (entry === undefined) throw new SandboxRefusal('not_found', 'No device shows this QR code any more. Scan the one that it shows now.');
  if (!entry.refs.some((one) => one.ref === ref && one.until > now)) throw new SandboxRefusal('gone', 'This QR code has expired. Let the device show a new one.');
  const { registration } = entry;
  const isWhole = noise === registration.noise && identity === registration.identity && adv === registration.adv;
  if (!isWhole) throw new SandboxRefusal('bad_request', "This QR code does not hold the device's keys. Scan or paste it whole.");
  return entry;
};

const findByCode = (waiting: readonly Waiting[], { code, number }: { code: string; number: string }, now: number): Waiting => {
  const entry = waiting.find((one) => one.code?.code === code);
  if (entry?.code === undefined) throw new SandboxRefusal('not_found', 'No device shows this pairing code.');
  if (entry.code.until <= now) throw new SandboxRefusal('gone', 'This pairing code has expired. Let the device show a new one.');
  if (entry.code.phone !== number) throw new SandboxRefusal('not_allowed', 'This pairing code was made for another phone number.');
  return entry;
};

const describe = ({ registration, refs, code, asked }: Waiting, now: number): ReturnType<Lobby['list']>[number] => ({
  name: registration.name,
  build: registration.build,
  refs: refs.filter(({ until }) => until > now).map(({ ref }) => ref),
  passkey: asked !== undefined,
  ...(code === undefined ? {} : { code: code.code, phone: code.phone }),
});

const isAccepted = (credential: unknown): boolean => typeof credential === 'object' && credential !== null && 'id' in credential && credential.id === 'sandbox';
