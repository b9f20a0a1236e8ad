import { join } from 'node:path';
import { createServer } from 'vite';

interface DevPageOptions {
  checkoutDir: string;
  host: string;
  port: number;
  gatewayUrl: string;
}

/** What the gateway answers; all else is the page's. */
const gatewayPaths = ['/trpc', '/api', '/media', '/healthz', '/readyz', '/sandbox', '/socket.io'];

/** vite with hot reload, the gateway behind it. */
export const openDevPage = async ({ checkoutDir, host, port, gatewayUrl }: DevPageOptions): Promise<{ close: () => Promise<void> }> => {
  const server = await createServer({
    root: join(checkoutDir, 'web'),
    logLevel: 'warn',
    server: {
      host,
      port,
      strictPort: true,
      // The gateway compares the page's origin with its own public one, so the host is passed on as it came.
      proxy: Object.fromEntries(gatewayPaths.map((path) => [path, { target: gatewayUrl, changeOrigin: false, ws: path === '/socket.io' }])),
    },
  });
  try {
    await server.listen();
  } catch (error) {
    await server.close();
    throw error;
  }
  return { close: () => server.close() };
};
