import type { CDPSession, HTTPResponse, Page } from 'puppeteer-core';
import { withoutNumbers } from './without-numbers.ts';
import { DriverDead } from './driver.ts';

/** The one address whose document is WhatsApp's page; the page loads the rest by what stands in it. */
export const whatsappAddress = 'https://web.whatsapp.com/';

/** Gives the page this document at its address, whenever it is loaded; whatever else it asks for goes as always. */
export const pinDocument = async (page: Page, html: string): Promise<void> => {
  const session = await page.createCDPSession();
  session.on('Fetch.requestPaused', ({ requestId }) => {
    // Made each time: the document is one for all sessions, and a copy for each would be hundreds.
    const body = Buffer.from(html).toString('base64');
    session
      .send('Fetch.fulfillRequest', { requestId, responseCode: 200, responseHeaders: [{ name: 'content-type', value: 'text/html; charset=utf-8' }, { name: 'cache-control', value: 'no-store' }], body })
      // A page that is gone waits for nothing.
      .catch(() => undefined);
  });
  // Its service worker would answer before anybody could.
  await session.send('Network.setBypassServiceWorker', { bypass: true });
  await session.send('Fetch.enable', { patterns: [{ urlPattern: whatsappAddress, resourceType: 'Document', requestStage: 'Request' }] });
};

interface KeptDocument {
  read: () => Promise<string>;
  /** Lets go of it, and of whatever else the debugger keeps of what the page has loaded. */
  forget: () => Promise<void>;
}

/** The document that the page was last made of, as it came over the network. */
export const keepDocument = (page: Page): KeptDocument => {
  let last: HTTPResponse | undefined;
  page.on('response', (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && request.frame() === page.mainFrame() && response.url().startsWith(whatsappAddress)) last = response;
  });
  return {
    read: async () => {
      if (last === undefined) throw new DriverDead('the document is not kept any more');
      return last.text().catch((error: unknown) => {
        throw new DriverDead(`the document is not kept any more: ${withoutNumbers(String(error))}`);
      });
    },
    forget: async () => {
      last = undefined;
      // By puppeteer's own session, for which the browser keeps every script of the page: some 2 MB of a session.
      const own: unknown = Reflect.get(page, '_client');
      const session = typeof own === 'function' ? (Reflect.apply(own, page, []) as CDPSession) : undefined;
      await session?.send('Network.enable', { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
    },
  };
};
