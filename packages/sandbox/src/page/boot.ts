import type { PageOptions } from './app.ts';
import { openApp } from './open-app.ts';
import { renameSerialized } from './ids/msg-key.ts';
import { makeRequire } from './modules/require.ts';
import { moduleTables } from './modules/tables.ts';
import { showScreen } from './screens/show-screen.ts';
import { putOnWeight } from './weight/put-on-weight.ts';

declare global {
  interface Window {
    Debug?: { VERSION: string };
    require?: (name: string) => object;
  }
}

const boot = async (): Promise<void> => {
  const options = JSON.parse(document.getElementById('sandbox')?.textContent ?? '{}') as PageOptions;
  if (options.renamedKey) renameSerialized('$1');
  const app = await openApp(options);
  window.require = makeRequire(moduleTables(app), options.lacksModules);
  // Whoever drives the page waits for this: it is set when everything else is there.
  window.Debug = { VERSION: options.build };
  app.start();
  showScreen(app, document.getElementById('app') ?? document.body);
  if (options.weight === 'heavy') await putOnWeight();
};

void boot().catch(reportError);
