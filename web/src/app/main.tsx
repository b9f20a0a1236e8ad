import '../components/tokens.css';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { ToastsProvider } from '../components/toasts.tsx';
import { ApiProvider } from '../lib/api-provider.tsx';
import { createApi } from '../lib/api.ts';
import { I18nProvider, loadFirstSpeech } from '../lib/i18n/i18n-provider.tsx';
import { createAppRouter } from './router.tsx';
import { leaveToSignIn } from './leave-to-sign-in.ts';

// zod would otherwise try to compile its schemas with `new Function`, which the security policy refuses and reports.
config({ jitless: true });

async function start(root: HTMLElement): Promise<void> {
  const api = createApi(leaveToSignIn);
  const router = createAppRouter(api);
  const first = await loadFirstSpeech();
  createRoot(root).render(
    <StrictMode>
      <I18nProvider first={first}>
        <ApiProvider api={api}>
          <ToastsProvider>
            <RouterProvider router={router} />
          </ToastsProvider>
        </ApiProvider>
      </I18nProvider>
    </StrictMode>,
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id root.');
start(root).catch((error: unknown) => {
  console.error(error);
  // In English, because what failed to load is the language.
  root.textContent = 'Waxos could not be loaded. Check the connection and load the page again.';
});
