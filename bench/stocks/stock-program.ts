import { setInterval as every } from 'node:timers/promises';
import whatsapp, { type Client } from 'whatsapp-web.js';
import type { StockNews, StockOptions, StockOrder } from './stock-messages.ts';

/**
 * Stock whatsapp-web.js as its readme has it: Client and LocalAuth, puppeteer's own arguments, all clients in this one
 * process. Nothing of Waxos is in here. Started by startStock, and told over IPC what to do.
 */
const options = JSON.parse(process.argv[2] ?? '') as StockOptions;
const clients = new Map<string, Client>();

const tell = (news: StockNews): void => void process.send?.(news);
const tellFailure = (name: string, error: unknown): void => tell({ name, is: 'failed', why: String(error).slice(0, 500) });

const open = async (name: string): Promise<void> => {
  const client = new whatsapp.Client({
    authStrategy: new whatsapp.LocalAuth({ clientId: name, dataPath: options.dir }),
    puppeteer: { executablePath: options.executablePath, args: [...options.args] },
  });
  clients.set(name, client);
  const from = performance.now();
  const sinceMs = (): number => performance.now() - from;
  const over = new AbortController();
  client.on('qr', (qr) => tell({ name, is: 'qr', qr, ms: sinceMs() }));
  client.on('ready', () => {
    over.abort();
    tell({ name, is: 'ready', ms: sinceMs() });
  });
  await client.initialize();
  if (options.helped) await helpOver(client, over.signal);
};

/** Says to the page what the library missed, once the sync is over and nothing came of it. */
const helpOver = async (client: Client, signal: AbortSignal): Promise<void> => {
  const isStuck = `window.require('WAWebSocketModel').Socket.hasSynced === true && window.WWebJS === undefined`;
  try {
    for await (const _tick of every(1_000, undefined, { signal })) {
      if ((await client.pupPage?.evaluate(isStuck)) === true) await client.pupPage?.evaluate('window.onAppStateHasSyncedEvent()');
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const close = async (name: string): Promise<void> => {
  const client = clients.get(name);
  clients.delete(name);
  await client?.destroy();
  tell({ name, is: 'closed' });
};

// A failed injection is one, of which nobody is told (fault 7 of the library); bare, it would end all clients.
process.on('unhandledRejection', (error) => tellFailure('', error));
process.on('message', (order: StockOrder) => {
  const done = order.do === 'open' ? open(order.name) : close(order.name);
  done.catch((error: unknown) => tellFailure(order.name, error));
});
process.on('disconnect', () => process.exit(0));
