import type { DeviceKind } from '@waxos/contract/devices';

/**
 * Which build of WhatsApp's page a session runs on, as its node decides; each call but the first answers whether the
 * session is to open another one now.
 */
export interface BuildChoice {
  /** Undefined: the one that WhatsApp serves. */
  choose: (linked: boolean) => { build: string; html: string } | undefined;
  /** As WhatsApp served it. */
  loaded: (document: { build: string; html: string }, linked: boolean) => boolean;
  tell: (news: BuildTold) => boolean;
}

export type BuildTold = { is: 'ready'; build: string } | { is: 'hears' | 'ticked' | 'failed' | 'gone' } | { is: 'broken' | 'outdated'; build: string | undefined };

export type OpenBuildChoice = (device: string, kind: DeviceKind) => BuildChoice;
