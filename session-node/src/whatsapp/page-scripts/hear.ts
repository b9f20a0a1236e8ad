import type { Page } from './page.ts';

/** Lets the page's own collection tell a token to whoever listens, and says whether any message came in unheard. */
export const hear = (token: string): { unheard: number } => {
  const page = globalThis as unknown as Page;
  const { Msg } = page.require('WAWebCollections');
  if (Msg.trigger === undefined) page.waxos.tell({ what: 'canary', token });
  else Msg.trigger('waxos_canary', token);
  return { unheard: Msg.getModelsArray().filter((msg) => msg['isNewMsg'] === true && page.waxos.isWanted(msg) && !page.waxos.heard.has(msg)).length };
};
