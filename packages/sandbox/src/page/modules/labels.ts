import type { App, ModuleTable } from '../app.ts';
import type { ChatModel } from '../models/chat.ts';
import { keepChat } from './keep-answers.ts';

interface LabelChange {
  id: string;
  type: 'add' | 'remove';
}

/** Puts labels on chats and takes them off, all with all. */
const addOrRemoveLabels = async (app: App, changes: readonly LabelChange[], chats: readonly ChatModel[]): Promise<void> => {
  if (chats.length === 0 || changes.length === 0) return;
  const named = (type: LabelChange['type']): string[] => changes.filter((change) => change.type === type).map(({ id }) => id);
  const add = named('add');
  const remove = named('remove');
  await app.line.act('label.assign', { chats: chats.map(({ id }) => id.toString()), add, remove });
  for (const chat of chats) await keepChat(app, chat, { labels: [...new Set([...chat.labels, ...add])].filter((id) => !remove.includes(id)) });
};

/** WAWebCollections.Label, of business accounts. */
export const labelModules = (app: App): ModuleTable => ({
  WAWebCollections: {
    Label: Object.assign(app.collections.Label, { addOrRemoveLabels: (changes: LabelChange[], chats: ChatModel[]) => addOrRemoveLabels(app, changes, chats) }),
  },
});
