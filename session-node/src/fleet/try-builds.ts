/**
 * Which build of WhatsApp's page the sessions of a node run on. Pages are loaded as WhatsApp serves them, until that is
 * a build nobody here has run: one session, the canary, tries it, and the others open the last good one meanwhile.
 *
 *   first seen ──a session is ready on it──▶ pinned
 *   seen beside a pinned one ──▶ on trial, by one session ──ready, hears, and a tick or ten minutes──▶ pinned
 *                                     ├── lacks something, is refused, or fails twice ──▶ held back: the pinned one goes on
 *                                     └── its session stops ──▶ unknown again
 *   pinned ──WhatsApp refuses it as outdated──▶ given up: what it serves is all there is
 */
export interface BuildBook {
  pinned: string | undefined;
  trial: Trial | undefined;
  heldBack: readonly string[];
  /** What WhatsApp served last. */
  served: string | undefined;
  /** When it was last asked what it serves. */
  askedAt: number;
}

interface Trial {
  build: string;
  device: string;
  readyAt: number | undefined;
  hears: boolean;
  ticked: boolean;
  failures: number;
}

export const noBuilds: BuildBook = { pinned: undefined, trial: undefined, heldBack: [], served: undefined, askedAt: 0 };

export type BuildNews =
  | { is: 'loaded'; build: string; linked: boolean }
  | { is: 'ready'; build: string }
  | { is: 'hears' | 'ticked' | 'failed' | 'gone' }
  | { is: 'broken' | 'outdated'; build: string | undefined };

/** What comes of it: the book as it is now, whether the session is to open another build, and what is to be said. */
export interface BuildMove {
  book: BuildBook;
  reopen: boolean;
  verdict?: { build: string; is: 'first' | 'on_trial' | 'proved' | 'held_back' | 'given_up' };
}

const steadyMs = 10 * 60_000;
/** While all run on the pinned one, somebody looks now and then whether WhatsApp serves another by now. */
const askAgainMs = 3_600_000;
/** A page takes no longer to load. */
const answerMs = 60_000;
const failuresMax = 2;

/** The build to open, or undefined: what WhatsApp serves. */
export const chooseBuild = (book: BuildBook, { device, linked, now }: { device: string; linked: boolean; now: number }): { build: string | undefined; book: BuildBook } => {
  const { pinned, trial, served, heldBack, askedAt } = book;
  if (pinned === undefined || trial?.device === device) return { build: undefined, book };
  if (trial !== undefined) return { build: pinned, book };
  // A person who looks for a QR is not made to wait for a trial; where none is known of, a page may stand loaded already.
  if (served === pinned || (!linked && served === undefined)) return { build: undefined, book };
  if (!linked) return { build: pinned, book };
  if (served !== undefined && !heldBack.includes(served)) return { build: undefined, book };
  // One asks what WhatsApp serves now; a node that starts does not load a bad build in all its sessions.
  if (now - askedAt < (served === undefined ? answerMs : askAgainMs)) return { build: pinned, book };
  return { build: undefined, book: { ...book, askedAt: now } };
};

export const followBuild = (book: BuildBook, news: BuildNews, { device, now }: { device: string; now: number }): BuildMove => {
  switch (news.is) {
    case 'loaded':
      return load({ ...book, served: news.build, askedAt: now }, { ...news, device });
    case 'ready':
      if (book.pinned === undefined) return { book: { ...book, pinned: news.build, trial: undefined }, reopen: false, verdict: { build: news.build, is: 'first' } };
      return watchTrial(book, { device, now, build: news.build }, (trial) => ({ ...trial, readyAt: trial.readyAt ?? now }));
    case 'hears':
      return watchTrial(book, { device, now }, (trial) => ({ ...trial, hears: true }));
    case 'ticked':
      return watchTrial(book, { device, now }, (trial) => ({ ...trial, ticked: true }));
    case 'failed':
      return watchTrial(book, { device, now }, (trial) => ({ ...trial, failures: trial.failures + 1 }));
    case 'gone':
      return stay(book.trial?.device === device ? { ...book, trial: undefined } : book);
    case 'broken':
    case 'outdated':
      return refuse(book, news, device);
  }
};

const stay = (book: BuildBook): BuildMove => ({ book, reopen: false });

const load = (book: BuildBook, { build, device, linked }: { build: string; device: string; linked: boolean }): BuildMove => {
  const { pinned, trial, heldBack } = book;
  if (pinned === undefined || build === pinned) return stay(book);
  if (heldBack.includes(build)) return { book, reopen: true };
  if (trial?.device === device && trial.build === build) return stay(book);
  // A canary is one that can become ready: it is linked.
  if (!linked || (trial !== undefined && trial.device !== device)) return { book, reopen: true };
  return { book: { ...book, trial: { build, device, readyAt: undefined, hears: false, ticked: false, failures: 0 } }, reopen: false, verdict: { build, is: 'on_trial' } };
};

const watchTrial = (book: BuildBook, { device, now, build }: { device: string; now: number; build?: string }, change: (trial: Trial) => Trial): BuildMove => {
  const before = book.trial;
  if (before === undefined || before.device !== device || (build !== undefined && build !== before.build)) return stay(book);
  const trial = change(before);
  if (trial.failures >= failuresMax) return holdBack(book, trial.build);
  const isProved = trial.readyAt !== undefined && trial.hears && (trial.ticked || now - trial.readyAt >= steadyMs);
  if (isProved) return { book: { ...book, pinned: trial.build, trial: undefined }, reopen: false, verdict: { build: trial.build, is: 'proved' } };
  return stay({ ...book, trial });
};

const refuse = (book: BuildBook, { is, build }: { is: 'broken' | 'outdated'; build: string | undefined }, device: string): BuildMove => {
  const { pinned, trial } = book;
  if (trial?.device === device && (build === undefined || build === trial.build)) return holdBack(book, trial.build);
  if (is !== 'outdated' || pinned === undefined || (build !== undefined && build !== pinned)) return stay(book);
  // What was held back is better than what WhatsApp lets nobody use.
  return { book: { ...book, pinned: undefined, trial: undefined, heldBack: [] }, reopen: book.served !== pinned, verdict: { build: pinned, is: 'given_up' } };
};

const heldBackMax = 20;

const holdBack = (book: BuildBook, build: string): BuildMove => ({ book: { ...book, trial: undefined, heldBack: [...book.heldBack, build].slice(-heldBackMax) }, reopen: true, verdict: { build, is: 'held_back' } });
