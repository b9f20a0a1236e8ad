import type { App, ModuleTable } from '../app.ts';
import { ServerStatusCodeError } from '../line/server-status-code-error.ts';
import { createWid } from '../ids/wid.ts';

/** An XML-like node, as WhatsApp's old stanzas are made of. */
interface WapNode {
  tag: string;
  attrs: Record<string, unknown>;
  content: WapNode[] | undefined;
}

const wap = (tag: string, attrs: Record<string, unknown>, content?: WapNode[]): WapNode => ({ tag, attrs, content });

/** Rejecting a call, and links to one that is planned. */
export const callModules = (app: App): ModuleTable => {
  let stanzas = 0;
  const prefix = `${crypto.getRandomValues(new Uint16Array(2)).join('.')}-`;

  /** The only old stanza that the library sends. */
  const castStanza = async (stanza: WapNode): Promise<void> => {
    const reject = stanza.tag === 'call' ? stanza.content?.find(({ tag }) => tag === 'reject') : undefined;
    if (reject === undefined) throw new ServerStatusCodeError('bad_request', `the sandbox does not know the stanza ${stanza.tag}`);
    await app.line.act('call.reject', { caller: String(createWid(reject.attrs['call-creator'])), id: String(reject.attrs['call-id']) });
  };

  const createEventCallLink = async (startAt: number, kind: 'voice' | 'video'): Promise<string> => (await app.line.act('call.makeLink', { kind, startAt })).url;

  return {
    WAWap: { wap, generateId: (): string => `${prefix}${++stanzas}` },
    WADeprecatedSendIq: { deprecatedCastStanza: castStanza },
    WAWebGenerateEventCallLink: { createEventCallLink },
  };
};
