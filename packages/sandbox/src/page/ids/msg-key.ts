import type { WireKey } from '../../wire/stanzas.ts';
import { createWid, type Wid } from './wid.ts';

interface KeyParts {
  from?: unknown;
  to?: unknown;
  remote?: unknown;
  id: string;
  participant?: unknown;
  selfDir?: 'in' | 'out';
  fromMe?: boolean;
}

/** The property a key's text stands under. A newer build of WhatsApp has renamed it (upstream #201833). */
const naming = { property: '_serialized' };
export const renameSerialized = (property: string): void => void (naming.property = property);

/** The name of one message: direction, chat, stanza id and, in groups, who wrote it. */
export class MsgKey {
  fromMe: boolean;
  remote: Wid;
  id: string;
  declare participant?: Wid;
  declare _serialized: string;

  constructor(parts: KeyParts) {
    this.fromMe = parts.fromMe ?? parts.selfDir === 'out';
    this.remote = createWid(parts.remote ?? (this.fromMe ? parts.to : parts.from));
    this.id = parts.id;
    if (parts.participant !== undefined && parts.participant !== null) this.participant = createWid(parts.participant);
    Reflect.set(this, naming.property, this.toString());
  }

  toString(): string {
    const author = this.participant === undefined ? '' : `_${this.participant.toString()}`;
    return `${this.fromMe}_${this.remote.toString()}_${this.id}${author}`;
  }

  equals(other: unknown): boolean {
    return String(other) === this.toString();
  }

  clone(): MsgKey {
    return new MsgKey({ fromMe: this.fromMe, remote: this.remote, id: this.id, participant: this.participant });
  }

  static fromString(text: string): MsgKey {
    const [fromMe, remote, id, participant] = text.split('_');
    if (remote === undefined || id === undefined) throw new Error(`invalid message key ${text}`);
    return new MsgKey({ fromMe: fromMe === 'true', remote, id, participant });
  }

  static fromWire(key: WireKey): MsgKey {
    return new MsgKey({ fromMe: key.fromMe, remote: key.chat, id: key.id, participant: key.participant });
  }

  static from(key: unknown): MsgKey {
    return key instanceof MsgKey ? key : MsgKey.fromString(String(key));
  }

  /** 3EB0 and 18 more, as WhatsApp Web makes them. */
  static async newId(): Promise<string> {
    return `3EB0${[...crypto.getRandomValues(new Uint8Array(9))].map((byte) => byte.toString(16).padStart(2, '0')).join('').toUpperCase()}`;
  }

  static displayName = 'MsgKey';
}
