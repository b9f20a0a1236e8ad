import { fillDatabases } from './fill-databases.ts';
import { growHeap } from './grow-heap.ts';

const rowCount = 400;

/** Some 2,000 nodes: a list of chats as it lies in WhatsApp's document. */
const growDocument = (): void => {
  const list = document.createElement('div');
  list.hidden = true;
  for (let n = 0; n < rowCount; n += 1) {
    const item = list.appendChild(document.createElement('div'));
    item.appendChild(document.createElement('span')).textContent = `Chat ${n}`;
    item.appendChild(document.createElement('span')).textContent = `Message ${n}`;
  }
  document.body.append(list);
};

/** Makes the page as heavy as WhatsApp's, for honest figures of density. The 4 MB of script come with the document. */
export const putOnWeight = async (): Promise<void> => {
  growDocument();
  await navigator.serviceWorker.register('/sw.js');
  await fillDatabases();
  await growHeap();
};
