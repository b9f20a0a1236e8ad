import { pino, type Logger } from 'pino';

export type Log = Logger;

interface LogOptions {
  name: string;
  level: string;
}

/**
 * Structured lines on standard output. Bodies, passwords, phone numbers and cookies never belong in a log line;
 * the paths below catch the ones that a careless caller would bring in with a request.
 */
export const openLog = ({ name, level }: LogOptions): Log =>
  pino({
    name,
    level,
    base: { pid: process.pid },
    redact: ['req.headers.cookie', 'req.headers.authorization', 'headers.cookie', 'headers.authorization', '*.password', '*.token'],
  });
