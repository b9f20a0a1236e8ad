import type { Page, PageGroup } from './page.ts';

/** Gives the tools a way to read a group as the page has it. */
export const installGroups = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  const words = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const flag = (value: unknown): boolean | undefined => (typeof value === 'boolean' ? value : undefined);
  const membersOf = ({ participants }: PageGroup): object[] =>
    (participants?.getModelsArray() ?? []).flatMap(({ id, isAdmin, isSuperAdmin }) => {
      const person = waxos.person(id);
      return person === undefined ? [] : [{ person, role: isSuperAdmin === true ? 'owner' : isAdmin === true ? 'admin' : 'member' }];
    });
  waxos.readGroup = (address) => {
    const chat = page.require('WAWebCollections').Chat.get(page.require('WAWebWidFactory').createWid(address));
    const group = chat?.groupMetadata;
    if (chat === undefined || group === undefined) return undefined;
    const members = membersOf(group);
    return {
      what: 'group',
      group: address.slice(0, -'@g.us'.length),
      subject: words(group.subject) ?? words(chat.formattedTitle),
      description: words(group.desc),
      onlyAdminsSend: flag(group.announce),
      onlyAdminsEdit: flag(group.restrict),
      ...(members.length === 0 ? {} : { members }),
    };
  };
};

/** Asks WhatsApp for it first. */
export const readGroup = async (group: string): Promise<Record<string, unknown> | null> => {
  const page = globalThis as unknown as Page;
  const address = `${group}@g.us`;
  await page.require('WAWebGroupQueryJob').queryAndUpdateGroupMetadataById({ id: page.require('WAWebWidFactory').createWid(address) });
  return page.waxos.readGroup(address) ?? null;
};
