import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { BadStart, codeOf } from '../bad-start.ts';
import { choosePort } from './choose-port.ts';

interface KeepPortOptions {
  host: string;
  /** Where the port of the last time stands. */
  file: string;
}

/** The port of the last time, so that whoever was told it finds the same door again; another one only where it is taken. */
export const keepPort = async ({ host, file }: KeepPortOptions): Promise<number> => {
  const saved = await readPort(file);
  const port = await chooseAgain({ host, port: saved ?? 0 });
  if (port === saved) return port;
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${port}\n`, { mode: 0o600 });
  return port;
};

const chooseAgain = async ({ host, port }: { host: string; port: number }): Promise<number> => {
  try {
    return await choosePort({ host, port });
  } catch (error) {
    if (!(error instanceof BadStart) || port === 0) throw error;
    return choosePort({ host, port: 0 });
  }
};

const readPort = async (file: string): Promise<number | undefined> => {
  try {
    const port = Number((await readFile(file, 'utf8')).trim());
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};
