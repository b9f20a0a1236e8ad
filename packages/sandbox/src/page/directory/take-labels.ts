import type { WireLabel } from '../../wire/stanzas.ts';
import type { Collection } from '../models/collection.ts';
import { LabelItem, LabelModel } from '../models/small-models.ts';

/** The labels there are from now on. */
export const takeLabels = (labels: Collection<LabelModel>, told: readonly WireLabel[]): void => {
  for (const gone of labels.getModelsArray().filter(({ id }) => told.every((label) => label.id !== id))) labels.remove(gone.id);
  for (const { id, name, color } of told) (labels.get(id) ?? labels.add(new LabelModel({ id, name, color }))).set({ name, colorIndex: color });
};

/** Which of them a chat has. */
export const relabel = (labels: Collection<LabelModel>, chat: string, wanted: readonly string[]): void => {
  for (const label of labels.getModelsArray()) {
    const items = label.labelItemCollection;
    const item = new LabelItem(label.id, chat);
    if (wanted.includes(label.id)) items.add(item);
    else items.remove(item.id);
  }
};
