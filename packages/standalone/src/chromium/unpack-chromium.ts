import { createReadStream, createWriteStream } from 'node:fs';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { extract } from 'tar-fs';
import { z } from 'zod';
import { BadStart, codeOf, refuseForFolder } from '../bad-start.ts';
import type { FoundChromium } from './found-chromium.ts';

/**
 * Unpacks the headless shell of @sparticuz/chromium ourselves: its own unpacking leaves the shared libraries out
 * unless it believes to be on Lambda, and its font settings point at a folder that only Lambda has, which gives blank pages.
 */
export const unpackChromium = async (cacheDir: string): Promise<FoundChromium> => {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new BadStart(`There is no Chromium from npm for ${process.platform} ${process.arch}: install Chromium or Chrome, or set CHROMIUM_PATH.`);
  }
  const packageDir = dirname(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')));
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(await readFile(join(packageDir, 'package.json'), 'utf8')));
  const dir = join(cacheDir, `chromium-${version}`);
  try {
    if (!(await isThere(dir))) await unpackInto(packageDir, dir);
  } catch (error) {
    throw refuseForFolder(error, cacheDir);
  }
  // Written each time: it holds the folder's own path, and the folder may have been moved with its checkout.
  await writeFonts(dir);
  return {
    executablePath: join(dir, 'chromium'),
    env: { LD_LIBRARY_PATH: join(dir, 'lib'), FONTCONFIG_FILE: join(dir, 'fonts.conf') },
    isHeadlessShell: true,
  };
};

/** Into a folder of another name, then renamed: whoever sees it sees it whole. */
const unpackInto = async (packageDir: string, dir: string): Promise<void> => {
  const draft = `${dir}.new-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const packed = (name: string) => createReadStream(join(packageDir, 'bin', name)).pipe(createBrotliDecompress());
  await Promise.all([
    pipeline(packed('chromium.br'), createWriteStream(join(draft, 'chromium'), { mode: 0o755 })),
    pipeline(packed('al2023.tar.br'), extract(draft)),
    pipeline(packed('fonts.tar.br'), extract(draft)),
    // Beside the program, where it looks for its software renderer.
    pipeline(packed('swiftshader.tar.br'), extract(draft)),
  ]);
  try {
    await rename(draft, dir);
  } catch (error) {
    if (codeOf(error) !== 'ENOTEMPTY' && codeOf(error) !== 'EEXIST') throw error;
    await rm(draft, { recursive: true, force: true });
  }
};

/** The fonts that came along, and those of the machine if it has any. */
const writeFonts = async (dir: string): Promise<void> => {
  const text = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${escapeXml(join(dir, 'fonts'))}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${escapeXml(join(dir, 'font-cache'))}</cachedir>
</fontconfig>
`;
  const path = join(dir, 'fonts.conf');
  if ((await readFile(path, 'utf8').catch(() => '')) === text) return;
  await writeFile(`${path}.${process.pid}`, text);
  await rename(`${path}.${process.pid}`, path);
};

const escapeXml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
