export interface ChangesListener {
  changed: (accounts: readonly string[]) => void;
  /** The stream is there (again): whatever happened before is unknown, so read everything. */
  live: () => void;
  lost: () => void;
}

const againMs = 2_000;

/** Browsers reconnect a broken stream by themselves, but give up on an answer such as 502: then we ask again. */
export function followChanges(listener: ChangesListener): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    source = new EventSource('api/changes');
    source.addEventListener('open', listener.live);
    source.addEventListener('message', (event: MessageEvent<unknown>) => listener.changed(readAccounts(event.data)));
    source.addEventListener('error', () => {
      listener.lost();
      if (source?.readyState === EventSource.CLOSED) timer = setTimeout(open, againMs);
    });
  };
  open();
  return () => {
    clearTimeout(timer);
    source?.close();
  };
}

function readAccounts(data: unknown): string[] {
  const told: unknown = JSON.parse(String(data));
  if (typeof told !== 'object' || told === null || !('accounts' in told) || !Array.isArray(told.accounts)) return [];
  return told.accounts.filter((account): account is string => typeof account === 'string');
}
