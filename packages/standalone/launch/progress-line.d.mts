export interface ProgressLine {
  /** What is being done just now, after the text. */
  tell: (detail: string) => void;
  done: (ended: string) => void;
  stop: () => void;
}

/** One line that moves on a terminal and is written twice, begun and ended, elsewhere. */
export const beginLine: (text: string) => ProgressLine;
