import type { Page } from './page.ts';

/** How the link is: told as the page has it, once now and at every change. */
export const watchLink = (): void => {
  const page = globalThis as unknown as Page;
  const { waxos } = page;
  page.waxosWatching ??= {};
  if (page.waxosWatching.link === true) return;
  page.waxosWatching.link = true;
  const { Socket } = page.require('WAWebSocketModel');
  const { Cmd } = page.require('WAWebCmd');
  const tellState = (): void => waxos.tell({ what: 'state', state: Socket.state, linked: waxos.me() !== undefined });
  Socket.on('change:state', tellState);
  for (const name of ['logout', 'logout_from_bridge']) Cmd.on(name, () => waxos.tell({ what: 'logout' }));
  Cmd.on('offline_progress_update_from_bridge', () => waxos.tell({ what: 'progress', progress: page.require('WAWebOfflineHandler').OfflineMessageHandler.getOfflineDeliveryProgress() }));
  tellState();
};
