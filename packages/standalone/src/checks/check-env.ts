import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { EnvSpec } from '@waxos/process/env';
import { sandboxEnv } from '@waxos/sandbox/config';
import { gatewayEnv } from '@waxos/server/config';
import { nodeEnv } from '@waxos/session-node/config';
import { standaloneEnv } from '../config.ts';
import type { Check, Finding } from './finding.ts';
import { renderEnvExample } from './render-env-example.ts';

const file = '.env.example';

/** Tells the first line where the committed text and the generated one part. */
export const compareEnvExample = (committed: string, generated: string): Finding[] => {
  if (committed === generated) return [];
  const wanted = generated.split('\n');
  const index = wanted.findIndex((line, at) => committed.split('\n')[at] !== line);
  const line = index === -1 ? wanted.length : index + 1;
  return [{ file, line, message: `differs from the config: '${wanted[line - 1] ?? 'nothing more'}' is expected; npm run check -- env --write` }];
};

export const checkEnv: Check = {
  name: 'env',
  async run(root, options) {
    const groups = [
      { title: 'npm start, on one machine', spec: onlyOwn(standaloneEnv, gatewayEnv) },
      { title: 'Gateway', spec: gatewayEnv },
      { title: 'Sandbox', spec: sandboxEnv },
      { title: 'Session node', spec: nodeEnv },
    ];
    const generated = renderEnvExample(groups);
    if (options.includes('--write')) await writeFile(resolve(root, file), generated);
    const findings = compareEnvExample(await readFile(resolve(root, file), 'utf8'), generated);
    const count = generated.match(/^# [A-Z0-9_]+=/gm)?.length ?? 0;
    return { findings: [...findings, ...(count < 10 ? [{ file, message: `names only ${count} variables` }] : [])], examined: `${count} variables` };
  },
};

/** What the gateway has too is told of there. */
const onlyOwn = (spec: EnvSpec, others: EnvSpec): EnvSpec => Object.fromEntries(Object.entries(spec).filter(([name]) => !(name in others)));
