import { z } from 'zod';

const warn = 40;
const logLine = z.object({ level: z.number(), msg: z.string().default('') });

/** What of a gateway's log line a person at the terminal should see; nothing for what merely informs. */
export const warningOf = (line: string): string | undefined => {
  if (!line.startsWith('{')) return line.trim() === '' ? undefined : line;
  const read = logLine.safeParse(parseOrNothing(line));
  if (!read.success || read.data.level < warn) return undefined;
  return `${read.data.level > warn ? 'error' : 'warning'}: ${read.data.msg}`;
};

const parseOrNothing = (line: string): unknown => {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
