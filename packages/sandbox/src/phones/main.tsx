import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { ToastsProvider } from './parts/toasts.tsx';
import { createPhones } from './state/phones.ts';
import { readSetting } from './state/settings.ts';
import { PhonesContext } from './state/use-phones.ts';
import { SpeechProvider } from './words/speech.tsx';

const theme = readSetting('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element with the id root.');

createRoot(root).render(
  <SpeechProvider>
    <PhonesContext value={createPhones()}>
      <ToastsProvider>
        <App />
      </ToastsProvider>
    </PhonesContext>
  </SpeechProvider>,
);
