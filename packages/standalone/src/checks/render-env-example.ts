import type { EnvSpec, EnvVariable } from '@waxos/process/env';
import { repositoryRoot } from './repository.ts';

export interface EnvGroup {
  title: string;
  spec: EnvSpec;
}

const preamble = [
  '# Every variable of Waxos. Generated from the config.ts of each process by `npm run check -- env --write`.',
  '# Copy it to .env and take the # away from what you want to set. `npm start` needs none of them.',
];

/** The text of .env.example: a group a process, a variable once, secrets without a value. */
export const renderEnvExample = (groups: readonly EnvGroup[]): string => {
  const told = new Set<string>();
  const parts = groups.map(({ title, spec }) => {
    const variables = Object.entries(spec).filter(([name]) => !told.has(name));
    for (const [name] of variables) told.add(name);
    return [`# ==== ${title} ====`, ...variables.map(([name, variable]) => renderVariable(name, variable))].join('\n\n');
  });
  return `${[preamble.join('\n'), ...parts].join('\n\n')}\n`;
};

const renderVariable = (name: string, variable: EnvVariable): string => {
  const notes = `${variable.about}${describeDefault(variable)}`;
  // An example that holds a # or a blank would be cut short without quotes.
  const example = /[\s#]/.test(variable.example) ? `"${variable.example}"` : variable.example;
  return `# ${notes}\n# ${name}=${variable.secret === true ? '' : example}`;
};

const describeDefault = ({ schema, secret }: EnvVariable): string => {
  if (secret === true) return '';
  const absent = schema.safeParse(undefined);
  if (!absent.success) return ' Required.';
  // A folder is read from the checkout, wherever that is on this machine.
  return ['string', 'number', 'boolean'].includes(typeof absent.data) ? ` Unless set: ${String(absent.data).replace(`${repositoryRoot}/`, '')}.` : '';
};
