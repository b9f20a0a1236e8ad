/** What is asked of a process of stock clients; each client goes by a name, which is its LocalAuth id too. */
export type StockOrder = { do: 'open'; name: string } | { do: 'close'; name: string };

/** What became of it. Times are of the process' own clock, from `initialize` on. */
export type StockNews = { name: string } & ({ is: 'qr'; qr: string; ms: number } | { is: 'ready'; ms: number } | { is: 'closed' } | { is: 'failed'; why: string });

export interface StockOptions {
  /** LocalAuth's dataPath. */
  dir: string;
  executablePath: string;
  /** On top of puppeteer's own. */
  args: string[];
  /**
   * Whether a client whose `ready` never comes is helped over it, as one sync that ended too soon makes it wait for
   * ever (fault 1 of the library). Without it the client is the library's alone.
   */
  helped: boolean;
}
