export interface Mail {
  /** Stable for one letter: a mail sent a second time after a crash carries the same id, and mailboxes show it once. */
  id: string;
  to: string;
  subject: string;
  text: string;
}

/** Two implementations: smtp-mailer.ts and log-mailer.ts. */
export interface Mailer {
  send: (mail: Mail) => Promise<void>;
  close: () => void;
}
