import type { Page, PagePerson, PageWid } from './page.ts';

/** Knowing a person by both addresses. */
export const installPeople = (): void => {
  const page = globalThis as unknown as Page;
  const known = new Map<string, PagePerson>();
  const asked = new Set<string>();
  /** A group of strangers would else be a flood of questions. */
  const perMinute = 30;
  const askedAt: number[] = [];
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
    if (!/@(c\.us|lid)$/.test(address)) return undefined;
    const wid = page.require('WAWebWidFactory').createWid(address);
    const contacts = page.require('WAWebApiContact');
    const isLid = address.endsWith('@lid');
    const lid = isLid ? digits(wid) : attempt(() => contacts.getCurrentLid(wid));
    const phone = isLid ? attempt(() => contacts.getPhoneNumber(wid)) : digits(wid);
    if (lid === undefined && phone === undefined) return undefined;
    // A number may change, so that it is asked for each time; what was known is better than nothing.
    const found = { ...known.get(address), ...(phone === undefined ? {} : { phone }), ...(lid === undefined ? {} : { lid }) };
    if (lid !== undefined && phone !== undefined) known.set(address, found);
    return found;
  };
  const meet = async (wid: unknown): Promise<void> => {
    const address = addressOf(wid);
    const found = person(address);
    if (found === undefined || (found.lid !== undefined && found.phone !== undefined) || asked.has(address)) return;
    if ((askedAt.at(-perMinute) ?? 0) > Date.now() - 60_000) return;
    askedAt.push(Date.now());
    askedAt.splice(0, askedAt.length - perMinute);
    // Once a page: who is not known to WhatsApp now is asked for again when the page is loaded again.
    asked.add(address);
    const query = Promise.resolve(page.require('WAWebQueryExistsJob').queryWidExists(page.require('WAWebWidFactory').createWid(address)));
    await Promise.race([query.catch(() => undefined), new Promise((resolve) => setTimeout(resolve, 2_000))]);
  };
  Object.assign(page.waxos, { addressOf, person, meet });
};
