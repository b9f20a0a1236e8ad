import { beginLine, type ProgressLine } from '../../launch/progress-line.mjs';

interface Step<T> {
  doing: string;
  /** What is said when it is done; a step that had nothing to do may say so. */
  done: string | ((result: T) => string);
  act: (tell: ProgressLine['tell']) => Promise<T>;
}

/** Shows one step with its progress and duration. A step that fails leaves no line behind: the sentence follows. */
export const runStep = async <T>({ doing, done, act }: Step<T>): Promise<T> => {
  const line = beginLine(doing);
  try {
    const result = await act(line.tell);
    line.done(typeof done === 'string' ? done : done(result));
    return result;
  } finally {
    line.stop();
  }
};

/** A line for the person at the terminal. */
export const say = (text: string): void => void process.stdout.write(`${text}\n`);
