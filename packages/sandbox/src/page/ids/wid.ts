/** WhatsApp's id of a chat or person. Made by `createWid` only, so that the same address is always the same text. */
export class Wid {
  user: string;
  server: string;
  _serialized: string;

  constructor(user: string, server: string) {
    this.user = user;
    this.server = server;
    this._serialized = `${user}@${server}`;
  }

  isLid(): boolean {
    return this.server === 'lid';
  }

  isUser(): boolean {
    return this.server === 'c.us' || this.server === 'lid';
  }

  isGroup(): boolean {
    return this.server === 'g.us';
  }

  isNewsletter(): boolean {
    return this.server === 'newsletter';
  }

  isBroadcast(): boolean {
    return this.server === 'broadcast';
  }

  isStatus(): boolean {
    return this.user === 'status' && this.server === 'broadcast';
  }

  isBot(): boolean {
    return this.server === 'bot';
  }

  equals(other: unknown): boolean {
    return String(other) === this.toString();
  }

  toJid(): string {
    return `${this.user}@${this.server === 'c.us' ? 's.whatsapp.net' : this.server}`;
  }

  toString(): string {
    return `${this.user}@${this.server}`;
  }
}

class NotAWid extends Error {
  override name = 'NotAWid';
}

/** An address, with a device suffix and the other spelling of `c.us` taken off. */
export const createWid = (like: unknown): Wid => {
  if (like instanceof Wid) return like;
  const text = typeof like === 'object' && like !== null && 'user' in like && 'server' in like ? `${String(like.user)}@${String(like.server)}` : String(like);
  const found = /^([^@:]+)(?::\d+)?@([a-z.]+)$/.exec(text);
  if (found === null) throw new NotAWid(`wid error: invalid wid ${text}`);
  const [, user = '', server = ''] = found;
  return new Wid(user, server === 's.whatsapp.net' ? 'c.us' : server);
};
