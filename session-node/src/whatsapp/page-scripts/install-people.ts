import type { Page, PagePerson, PageWid, Tools } from './page.ts';

/** Telling, and knowing a person by both addresses. */
export const installPeople = (): void => {
  const page = globalThis as unknown as Page;
  if ((page.waxos as Tools | undefined) !== undefined) return;
  const known = new Map<string, PagePerson>();
  const asked = new Set<string>();
  let waiting: Record<string, unknown>[] = [];
  let last: Promise<void> = Promise.resolve();

  const tell = (told: Record<string, unknown>): void => {
    waiting.push(told);
    if (waiting.length > 1) return;
    queueMicrotask(() => {
      const all = waiting;
      waiting = [];
      void page.waxosTell(all);
    });
  };
  const inOrder = (work: () => Promise<void> | void): void => {
    last = last.then(work).catch((error: unknown) => tell({ what: 'failed', text: String(error) }));
  };
  const addressOf = (wid: unknown): string => {
    const { user, server } = typeof wid === 'object' && wid !== null ? (wid as PageWid) : { user: '', server: '' };
    const text = typeof wid === 'string' ? wid : `${user}@${server}`;
    return text.replace(/:\d+@/, '@').replace('@s.whatsapp.net', '@c.us');
  };
  const digits = (wid: PageWid | undefined): string | undefined => (wid === undefined || wid === null ? undefined : /^\d{5,20}$/.exec(addressOf(wid).split('@')[0] ?? '')?.[0]);
  const attempt = (look: () => PageWid | undefined): string | undefined => {
    try {
      return digits(look());
    } catch {
      // 'No LID for user': then it is not known.
      return undefined;
    }
  };
  const person = (like: unknown): PagePerson | undefined => {
    const address = addressOf(like);
    const before = known.get(address);
    if (before !== undefined) return before;
    if (!/@(c\.us|lid)$/.test(address)) return undefined;
    const wid = page.require('WAWebWidFactory').createWid(address);
    const contacts = page.require('WAWebApiContact');
    const isLid = address.endsWith('@lid');
    const lid = isLid ? digits(wid) : attempt(() => contacts.getCurrentLid(wid));
    const phone = isLid ? attempt(() => contacts.getPhoneNumber(wid)) : digits(wid);
    if (lid === undefined && phone === undefined) return undefined;
    const found = { ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) };
    if (lid !== undefined && phone !== undefined) known.set(address, found);
    return found;
  };
  const meet = async (wid: unknown): Promise<void> => {
    const address = addressOf(wid);
    const found = person(address);
    if (found === undefined || (found.lid !== undefined && found.phone !== undefined) || asked.has(address)) return;
    // Once a page: who is not known to WhatsApp now is asked for again when the page is loaded again.
    asked.add(address);
    const query = Promise.resolve(page.require('WAWebQueryExistsJob').queryWidExists(page.require('WAWebWidFactory').createWid(address)));
    await Promise.race([query.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  };
  page.waxos = { tell, inOrder, addressOf, person, meet, heard: new WeakSet<object>(), files: new Map(), blobs: new Map(), downloads: new Map() } as unknown as Tools;
};
