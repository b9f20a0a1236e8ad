import { MsgKey } from '../ids/msg-key.ts';
import { createWid, type Wid } from '../ids/wid.ts';
import { Model } from './model.ts';

export type MediaStage = 'NEED_POKE' | 'FETCHING' | 'RESOLVED' | 'REUPLOADING' | 'ERROR_MISSING' | 'ERROR_UNKNOWN';

const notices = new Set(['gp2', 'e2e_notification', 'notification_template', 'call_log']);

/** One message, with the attributes that WhatsApp Web gives it. Many more come by `set`, according to its type. */
export class MsgModel extends Model {
  id: MsgKey;
  type = 'chat';
  t = 0;
  ack = 0;
  isNewMsg = false;
  from: Wid;
  to: Wid;
  self: 'in' | 'out';
  declare body?: string;
  declare caption?: string;
  declare author?: Wid;
  declare subtype?: string;
  declare notifyName?: string;
  declare star?: boolean;
  declare hasReaction?: boolean;
  declare isUnsentMedia?: boolean;
  declare rowId?: number;
  declare quotedMsg?: Record<string, unknown>;
  declare quotedStanzaID?: string;
  declare quotedParticipant?: Wid;
  declare latestEditMsgKey?: MsgKey;
  declare latestEditSenderTimestampMs?: number;
  declare directPath?: string;
  declare mediaStage?: MediaStage;
  declare pollOptions?: { name: string; localId: number }[];
  declare messageSecret?: Uint8Array;
  declare ephemeralDuration?: number;
  declare mimetype?: string;
  declare filename?: string;
  declare size?: number;
  declare filehash?: string;
  declare encFilehash?: string;
  declare mediaKey?: string;
  #media: { mediaStage: MediaStage } | undefined;

  constructor(attributes: Record<string, unknown> & { id: unknown }) {
    super();
    this.id = MsgKey.from(attributes.id);
    this.from = createWid(attributes['from'] ?? this.id.remote);
    this.to = createWid(attributes['to'] ?? this.id.remote);
    this.self = this.id.fromMe ? 'out' : 'in';
    Object.assign(this, attributes, { id: this.id, from: this.from, to: this.to });
    if (typeof this.directPath === 'string') this.#media = { mediaStage: this.id.fromMe ? 'RESOLVED' : 'NEED_POKE' };
  }

  get mediaData(): { mediaStage: MediaStage } | undefined {
    return this.#media;
  }

  get mediaObject(): { mediaStage: MediaStage } | undefined {
    return this.#media;
  }

  get isNotification(): boolean {
    return notices.has(this.type);
  }

  get isEphemeral(): boolean {
    return (this.ephemeralDuration ?? 0) > 0;
  }

  get isStatusV3(): boolean {
    return this.id.remote.isStatus();
  }

  get isMedia(): boolean {
    return this.#media !== undefined;
  }

  /** Given by the module of downloads. */
  declare fetchMedia?: () => Promise<void>;

  /** With a reason to retry, what the server has no longer is asked of the phone: REUPLOADING, until `reuploaded`. */
  async downloadMedia({ rmrReason }: { rmrReason?: number } = {}): Promise<void> {
    const media = this.#media;
    if (media === undefined) return;
    media.mediaStage = 'FETCHING';
    try {
      await MsgModel.fetching(this);
      media.mediaStage = 'RESOLVED';
    } catch (error) {
      const gone = error instanceof Error && 'status' in error && (error.status === 404 || error.status === 410);
      media.mediaStage = gone ? (rmrReason === undefined ? 'ERROR_MISSING' : 'REUPLOADING') : 'ERROR_UNKNOWN';
    }
    if (media.mediaStage !== 'REUPLOADING') return;
    await MsgModel.reuploading(this).catch(() => (media.mediaStage = 'ERROR_MISSING'));
  }

  async reuploaded(): Promise<void> {
    if (this.#media?.mediaStage === 'REUPLOADING') await this.downloadMedia();
  }

  /** Fetches a message's bytes; set when the page is put together. */
  static fetching: (msg: MsgModel) => Promise<unknown> = async () => undefined;

  /** Asks the phone for them once more. */
  static reuploading: (msg: MsgModel) => Promise<unknown> = async () => undefined;

  /** Without the wrapper that WhatsApp's own code puts around some messages. */
  unsafe(): this {
    return this;
  }

  canReply(): boolean {
    return !this.isNotification && this.type !== 'revoked' && this.type !== 'ciphertext' && this.ack >= 0;
  }

  /** What an answer to this message carries of it. */
  msgContextInfo(): Record<string, unknown> {
    const { type, body, caption } = this;
    return { quotedMsg: { type, body, caption }, quotedStanzaID: this.id.id, quotedParticipant: this.author ?? (this.id.fromMe ? this.from : this.id.remote) };
  }

  updateAck(ack: number): void {
    if (ack === -1 || ack > this.ack) this.set({ ack } as Partial<this>);
  }

  /** The library hands on the new number of somebody as it finds it, and says that it is a text. */
  override serialize(): Record<string, unknown> {
    return this.subtype === 'change_number' ? { ...super.serialize(), to: this.to.toString() } : super.serialize();
  }

  /** Metadata of its media, for channels. */
  avParams(): Record<string, unknown> {
    return { duration: Reflect.get(this, 'duration') };
  }
}
