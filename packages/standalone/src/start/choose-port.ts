import { createServer } from 'node:net';
import { BadStart, codeOf } from '../bad-start.ts';

interface Address {
  host: string;
  port: number;
}

/** The port to use: the one that is wanted if it is free, a free one for 0. */
export const choosePort = async ({ host, port }: Address): Promise<number> => {
  try {
    return await tryPort({ host, port });
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') throw new BadStart(`Port ${port} is taken: stop what uses it, or start with PORT=${port === 65_535 ? 3001 : port + 1} npm start.`);
    if (codeOf(error) === 'EACCES') throw new BadStart(`Port ${port} is for root only: start with PORT=3000 npm start, and put a proxy before it.`);
    if (codeOf(error) === 'EADDRNOTAVAIL' || codeOf(error) === 'ENOTFOUND' || codeOf(error) === 'EINVAL') throw new BadStart(`HOST ${host} is no address of this machine: use 127.0.0.1, or 0.0.0.0 for all.`);
    throw error;
  }
};

const tryPort = ({ host, port }: Address): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(address !== null && typeof address === 'object' ? address.port : port));
    });
  });

/** Where to reach from this machine what listens on that address. */
export const urlOf = ({ host, port }: Address): string => {
  if (host === '0.0.0.0') return `http://127.0.0.1:${port}`;
  if (host === '::') return `http://[::1]:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
};
