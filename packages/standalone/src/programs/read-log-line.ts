import { z } from 'zod';

const warnLevel = 40;
const errorLevel = 50;
const fatalLevel = 60;
const mailShape = z.object({ to: z.string(), subject: z.string(), text: z.string() });
const logLine = z.object({ level: z.number(), msg: z.string().default(''), err: z.object({ message: z.string() }).optional(), mail: mailShape.optional() });

/** What of a gateway's log line a person at the terminal should see; nothing for what merely informs. */
export const warningOf = (line: string): string | undefined => {
  if (!line.startsWith('{')) return line.trim() === '' ? undefined : line;
  const read = readLogLine(line);
  if (read === undefined || read.level < warnLevel) return undefined;
  return `${read.level >= errorLevel ? 'error' : 'warning'}: ${textOf(read)}`;
};

/** A mail that went nowhere for want of a mail server: to whom, about what, and the link that its reader would follow. */
export const mailOf = (line: string): string | undefined => {
  const mail = line.startsWith('{') ? readLogLine(line)?.mail : undefined;
  if (mail === undefined) return undefined;
  const link = /https?:\/\/\S+/.exec(mail.text)?.[0];
  return [`Mail to ${mail.to}: ${mail.subject}`, ...(link === undefined ? [] : [`  ${link}`])].join('\n  ');
};

/** Why a gateway gave up, in its own words. */
export const fatalOf = (line: string): string | undefined => {
  const read = readLogLine(line);
  return read === undefined || read.level < fatalLevel ? undefined : textOf(read);
};

const textOf = ({ msg, err }: z.output<typeof logLine>): string => (err === undefined ? msg : `${msg}: ${err.message}`);

const readLogLine = (line: string): z.output<typeof logLine> | undefined => {
  try {
    return logLine.safeParse(JSON.parse(line)).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
