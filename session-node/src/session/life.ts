import type { Readable } from 'node:stream';
import type { SessionSettings } from '@waxos/contract/node-link/commands';
import type { Glimpse, SessionReason } from '@waxos/contract/node-link/events';
import type { DeviceState } from '@waxos/contract/devices';
import type { Upload } from '@waxos/contract/node-link/uploads';
import type { Log } from '@waxos/process/log';
import type { BrowserDoor } from '../browser/browser-door.ts';
import type { Driver, OpenDriver } from '../whatsapp/driver.ts';
import type { BuildChoice } from './build-choice.ts';
import type { CursorBook } from './catch-up/open-cursor-book.ts';
import type { Overtaking } from './catch-up/open-overtaking.ts';
import type { CommandBook } from './commands/open-command-book.ts';
import type { FetchLane } from './fetches/open-fetch-lane.ts';
import type { Readings } from './open-readings.ts';
import type { Outbox, OutboxShare } from './outbox/open-outbox.ts';
import type { SendLane } from './sends/send-lane.ts';
import type { Input, Situation } from './situation.ts';
import type { Time } from './time.ts';
import type { BrowserInUse } from './use-browser.ts';
import type { Watchdog } from './watchdog.ts';

export interface SessionOptions {
  device: string;
  epoch: number;
  /** As the phone lists it among its linked devices. */
  deviceName: string;
  settings: SessionSettings;
  /** Where it keeps what it told, did and read. */
  folder: string;
  outboxBytesMax: number;
  /** Of the disk that all outboxes have together. */
  outboxShare?: OutboxShare;
  door: Pick<BrowserDoor, 'open'>;
  openDriver: OpenDriver;
  time: Time;
  random: () => number;
  leaseUntil: () => number;
  download: (address: string, signal?: AbortSignal) => Promise<Uint8Array>;
  upload: (upload: { device: string; epoch: number; of: Upload; mimetype: string; bytes: Readable; signal?: AbortSignal }) => Promise<'stored' | 'too_large' | 'later'>;
  /** Of a moment, and dropped where it would have to wait. */
  glimpse: (glimpse: Glimpse) => void;
  /** Which build of the page it opens; without it, what WhatsApp serves. */
  builds?: BuildChoice;
  /** Its page or browser is opened anew, for this reason. */
  restarted?: (reason: SessionReason) => void;
  log: Pick<Log, 'info' | 'warn' | 'error'>;
}

/** What belongs to one running session; the parts below act on it. */
export interface Life {
  options: SessionOptions;
  settings: SessionSettings;
  /** The gateway knows that whoever had the device before has ended. */
  ownerDead: boolean;
  situation: Situation;
  outbox: Outbox;
  book: CommandBook;
  cursors: CursorBook;
  lane: SendLane;
  fetches: FetchLane;
  readings: Readings;
  browser: BrowserInUse;
  driver: Driver | undefined;
  /** That the page is of, as far as it is known. */
  build: string | undefined;
  /** Of the page that is open, or was last. */
  pageOver: AbortController;
  /** While WhatsApp is told that the link ends. */
  leaving: Promise<unknown> | undefined;
  watchdog: Watchdog | undefined;
  /** While it catches up. */
  catching: AbortController | undefined;
  overtaking: Overtaking | undefined;
  caughtUp: boolean;
  lastNewsAt: number;
  post: (input: Input) => void;
  failed: (what: string, error: unknown) => undefined;
}

/** The page, where it can be worked with: what the contract lacks, some of it may still do. */
export const workingDriver = ({ situation, driver }: Pick<Life, 'situation' | 'driver'>): Driver | undefined =>
  situation.browser === 'open' && (situation.state === 'ready' || (situation.state === 'degraded' && situation.reason === 'contract_broken')) ? driver : undefined;

export const nowMs = ({ options }: Pick<Life, 'options'>): number => options.time.now().getTime();
export const nowSeconds = (life: Pick<Life, 'options'>): number => Math.floor(nowMs(life) / 1_000);

/** From these no page will be ready before its deadline unless a person does something. */
export const hopeless: readonly DeviceState[] = ['stopped', 'qr', 'pairing', 'passkey_required', 'logged_out', 'conflict', 'banned', 'failed'];
