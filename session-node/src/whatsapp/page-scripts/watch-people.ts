import type { Page, PageChat, PageContact, PageMsg } from './page.ts';

/** Names of people, what groups are like, and pictures. Once a page; what stands there already is told at once. */
export const watchPeople = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  page.waxosWatching ??= {};
  if (page.waxosWatching.people === true) return;
  const { Chat, Contact, Msg, ProfilePicThumb } = page.require('WAWebCollections');
  page.waxosWatching.people = true;
  const words = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
  const isWanted = (chat: PageChat): boolean => waxos.isWanted({ id: { remote: chat.id, fromMe: false, id: '' } });

  const tellPerson = (contact: PageContact): void =>
    waxos.inOrder(() => {
      const [person, me] = [waxos.person(contact.id), waxos.me()];
      const [name, pushName] = [words(contact.name), words(contact.pushname)];
      if (person === undefined || (person.lid ?? '') === (me?.lid ?? ' ') || (person.phone ?? '') === (me?.phone ?? ' ')) return;
      if (name !== undefined || pushName !== undefined || contact.isBusiness === true) waxos.tellChange(`person ${waxos.addressOf(contact.id)}`, { what: 'person', person, name, pushName, business: contact.isBusiness === true });
    });
  for (const name of ['name', 'pushname', 'isBusiness']) Contact.on(`change:${name}`, tellPerson);

  const tellGroup = (address: string): void =>
    waxos.inOrder(() => {
      const group = waxos.readGroup(address);
      if (group !== undefined) waxos.tellChange(`group ${address}`, group);
    });
  const pictures = new Map<string, unknown>();
  const tellPicture = ({ id, tag, eurl }: { id: PageChat['id']; tag?: unknown; eurl?: unknown }): void => {
    const [address, now] = [waxos.addressOf(id), words(tag) ?? words(eurl) ?? ''];
    const before = pictures.get(address);
    pictures.set(address, now);
    const chat = waxos.isWanted({ id: { remote: id, fromMe: false, id: '' } }) ? waxos.chat(id) : undefined;
    // The first look at one is no change of it.
    if (chat !== undefined && before !== undefined && before !== now) waxos.tell({ what: 'picture', chat, has: now !== '' });
  };
  for (const name of ['tag', 'eurl']) ProfilePicThumb?.on?.(`change:${name}`, tellPicture);

  const hasPicture = async (remote: unknown): Promise<boolean> => {
    const id = page.require('WAWebWidFactory').createWid(waxos.addressOf(remote));
    const found = await page.require('WAWebContactProfilePicThumbBridge').requestProfilePicFromServer({ id }).catch(() => undefined);
    return typeof found?.eurl === 'string' && found.eurl !== '';
  };
  // Whatever happens in a group stands in it as a notice; what it has led to is there a moment later.
  Msg.on('add', (msg: PageMsg) => {
    if (msg.type !== 'gp2' || msg['isNewMsg'] !== true) return;
    const address = waxos.addressOf(msg.id.remote);
    const chat = waxos.chat(msg.id.remote);
    if (msg.subtype === 'picture' && chat !== undefined) void hasPicture(msg.id.remote).then((has) => waxos.tell({ what: 'picture', chat, has }));
    for (const ms of [0, 1_000, 5_000]) setTimeout(() => tellGroup(address), ms);
  });

  for (const chat of Chat.getModelsArray().filter(isWanted)) {
    waxos.tellChat(chat);
    const address = waxos.addressOf(chat.id);
    const contact = Contact.get(chat.id);
    if (address.endsWith('@g.us')) tellGroup(address);
    else if (contact !== undefined) tellPerson(contact);
  }
  for (const contact of Contact.getModelsArray()) if (words(contact.name) !== undefined) tellPerson(contact);
};
