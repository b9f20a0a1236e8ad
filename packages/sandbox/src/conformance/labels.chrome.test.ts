import { waitFor } from '@waxos/process/poll';
import { expect, test } from 'vitest';
import { receive } from './testing/talk.ts';
import { inEachChromium } from './testing/test-chromium.ts';
import { useShop } from './testing/use-shop.ts';

inEachChromium((chromium) => {
  const shop = useShop(chromium, { shop: { business: { description: 'Tea', category: 'Shop' } } });

  /** A label made on the phone, once the client has it. */
  const makeLabel = async (name: string): Promise<string> => {
    const { id } = shop.phone.act('label.save', { name, color: 3 });
    await waitFor(async () => ((await shop.client.getLabels()).some((label) => label.id === id) ? true : undefined), { timeoutMs: 5_000, what: `the label ${name}` });
    return id;
  };
  const labelsOnPhone = (chat: string): string[] => shop.phone.view().chats.find(({ id }) => id === chat)?.labels ?? [];

  test('labels made on the phone are listed with their colours', async () => {
    const id = await makeLabel('New order');
    const label = await shop.client.getLabelById(id);
    expect(label.name).toBe('New order');
    expect(label.hexColor).toMatch(/^#[0-9a-f]{6}$/i);
    expect(shop.phone.view().labels).toContainEqual({ id, name: 'New order', color: 3 });
  });

  test('chats are labelled and unlabelled, on the phone too', async () => {
    const [customer, urgent, paid] = [shop.customer(), await makeLabel('Urgent'), await makeLabel('Paid')];
    const chat = await (await receive(shop, customer, 'hello')).getChat();
    await shop.client.addOrRemoveLabels([urgent, paid], [customer.address]);
    await waitFor(() => (labelsOnPhone(customer.address).length === 2 ? true : undefined), { timeoutMs: 5_000, what: 'two labels on the phone' });
    expect((await shop.client.getChatLabels(customer.address)).map(({ name }) => name).toSorted()).toEqual(['Paid', 'Urgent']);
    await chat.changeLabels([paid]);
    await waitFor(() => (labelsOnPhone(customer.address).join() === paid ? true : undefined), { timeoutMs: 5_000, what: 'one label on the phone' });
    expect((await chat.getLabels()).map(({ name }) => name)).toEqual(['Paid']);
  });

  test('the chats of a label are found', async () => {
    const [customer, other, label] = [shop.customer(), shop.customer(), await makeLabel('Wholesale')];
    for (const phone of [customer, other]) await receive(shop, phone, 'hello');
    await shop.client.addOrRemoveLabels([label], [customer.address]);
    const chats = await waitFor(
      async () => {
        const found = await shop.client.getChatsByLabelId(label);
        return found.length > 0 ? found : undefined;
      },
      { timeoutMs: 5_000, what: 'a chat of the label' },
    );
    expect(chats.map(({ id }) => id._serialized)).toEqual([customer.address]);
    expect((await (await shop.client.getLabelById(label)).getChats()).map(({ id }) => id._serialized)).toEqual([customer.address]);
    await waitFor(() => (labelsOnPhone(customer.address).includes(label) ? true : undefined), { timeoutMs: 5_000, what: 'the label on the phone' });
    expect(labelsOnPhone(other.address)).toEqual([]);
  });
});

inEachChromium((chromium) => {
  const shop = useShop(chromium);

  test('an account that is no business cannot label', async () => {
    const customer = shop.customer();
    await receive(shop, customer, 'hello');
    await expect(shop.client.addOrRemoveLabels(['1'], [customer.address])).rejects.toThrow('Only Whatsapp business');
    expect(await shop.client.getLabels()).toEqual([]);
    expect(shop.world.ledger('chat.changed', ({ labels }) => labels !== undefined)).toEqual([]);
  });
});
