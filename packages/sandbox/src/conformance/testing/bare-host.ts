import whatsapp from 'whatsapp-web.js';

/**
 * A host with nothing around the library, in a process of its own: for what the library does to a process. Reads one
 * line of JSON, tells what happens a line each, and does what it was told once the QR is there.
 */
interface Told {
  dir: string;
  executablePath: string;
  headless: 'shell' | true;
  args: string[];
  env: Record<string, string>;
  pipe: boolean;
  next: 'wait' | 'navigate';
}

const [line] = (await readAll()).split('\n');
const told = JSON.parse(line ?? '') as Told;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

const client = new whatsapp.Client({
  authStrategy: new whatsapp.LocalAuth({ dataPath: told.dir }),
  webVersionCache: { type: 'none' },
  authTimeoutMs: 1_000,
  puppeteer: { headless: told.headless, executablePath: told.executablePath, args: told.args, env: told.env, pipe: told.pipe },
});
client.once('qr', () => say('qr'));
await client.initialize();
say(`browser ${String(client.pupBrowser?.process()?.pid)} ${client.pupBrowser?.wsEndpoint() ?? ''}`);
// A page without WhatsApp in it: the library waits for it in vain, in a handler that nobody awaits.
if (told.next === 'navigate') await client.pupPage?.goto('about:blank');

async function readAll(): Promise<string> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) text += String(part);
  return text;
}
