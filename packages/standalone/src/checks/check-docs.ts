import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { demandSeen, type Check } from './finding.ts';
import { judgeCommands, judgeLinks } from './judge-links.ts';
import { judgeSecrets, judgeTraces, thisMachine } from './judge-traces.ts';
import { listFiles } from './repository.ts';

const manifestSchema = z.object({ scripts: z.record(z.string(), z.string()) });

/** Pictures, fonts and the like are not read as text. */
const isText = (file: string): boolean => !/\.(png|jpe?g|gif|webp|avif|ico|woff2?|ttf|pdf|zip|gz|br|mp[34]|ogg|wasm)$/i.test(file);

const readTexts = async (root: string, wanted: (file: string) => boolean): Promise<Map<string, string>> => {
  const files = (await listFiles(root)).filter((file) => isText(file) && wanted(file));
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(resolve(root, file), 'utf8')] as const)));
};

export const checkDocs: Check = {
  name: 'docs',
  async run(root) {
    const files = await listFiles(root);
    const texts = await readTexts(root, (file) => file.endsWith('.md'));
    const { scripts } = manifestSchema.parse(JSON.parse(await readFile(resolve(root, 'package.json'), 'utf8')));
    const verbs = new Set(Object.keys(scripts));
    const findings = [...texts].flatMap(([file, text]) => [
      ...judgeLinks(file, text, { files, read: (other) => texts.get(other) }),
      ...judgeCommands(file, text, verbs),
    ]);
    return { findings: [...findings, ...demandSeen(new Set(texts.keys()), ['README.md'])], examined: `${texts.size} documents` };
  },
};

export const checkTraces: Check = {
  name: 'traces',
  async run(root) {
    const texts = await readTexts(root, () => true);
    const machine = thisMachine(root);
    const findings = [...texts].flatMap(([file, text]) => [...judgeTraces(file, text, machine), ...judgeSecrets(file, text)]);
    return { findings: [...findings, ...demandSeen(new Set(texts.keys()), ['package-lock.json', '.npmrc', 'server/src/config.ts'])], examined: `${texts.size} texts` };
  },
};
