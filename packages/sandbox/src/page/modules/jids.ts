import type { App, ModuleTable } from '../app.ts';
import { createWid, type Wid } from '../ids/wid.ts';

const toJid = (wid: unknown): string => createWid(wid).toJid();

/** Between ids of the page and addresses on the wire, where people by number are at `s.whatsapp.net`. */
export const jidModules = (_app: App): ModuleTable => ({
  WAWebWidToJid: { widToUserJid: toJid, widToGroupJid: toJid, widToChatJid: toJid, widToNewsletterJid: toJid },
  WAWebJidToWid: { userJidToUserWid: (jid: string): Wid => createWid(jid), newsletterJidToWid: (jid: string): Wid => createWid(jid) },
  WAJids: { toNewsletterJid: (id: unknown): string => String(createWid(id)) },
});
