import { homedir } from 'node:os';
import type { Finding } from './finding.ts';

/** What shows which machine a text came from, and what lets a stranger in. Patterns are written so as not to match themselves. */
const secrets: readonly { pattern: RegExp; message: string }[] = [
  { pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/, message: 'holds a private key' },
  { pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/, message: 'holds an AWS access key' },
  { pattern: /\bgh[pousr]_[A-Za-z0-9]{36}\b/, message: 'holds a GitHub token' },
  { pattern: /\bsk-(?:proj-|ant-)?[A-Za-z0-9_-]{32,}\b/, message: "holds a provider's API key" },
  { pattern: /\bAIza[A-Za-z0-9_-]{35}\b/, message: 'holds a Google API key' },
  { pattern: /\bxox[abprs]-[A-Za-z0-9-]{20,}\b/, message: 'holds a Slack token' },
];

export interface Machine {
  checkout: string;
  home: string;
}

export const judgeSecrets = (file: string, text: string): Finding[] =>
  text.split('\n').flatMap((content, index) => secrets.filter(({ pattern }) => pattern.test(content)).map(({ message }) => ({ file, line: index + 1, message })));

/** Paths of the machine that wrote the text, and hosts of package registries. */
export const judgeTraces = (file: string, text: string, machine: Machine): Finding[] => {
  const paths = [machine.checkout, machine.home].filter((path) => path.split('/').length > 2 || (path !== '/root' && path.length > 4));
  return text.split('\n').flatMap((content, index): Finding[] => {
    const line = index + 1;
    const path = paths.find((candidate) => isNamed(content, candidate));
    if (path !== undefined) return [{ file, line, message: `names a folder of one machine: ${path}` }];
    if (/"resolved":\s*"https?:/.test(content)) return [{ file, line, message: 'names the registry a package came from' }];
    return /registry\s*=\s*https?:|(?:^|\s)\/\/[\w.-]+\/:_(?:authToken|password)/.test(content) ? [{ file, line, message: 'names a package registry' }] : [];
  });
};

/** `/srv/app` is not named by `/srv/apple` or `example.com/srv/app`. */
const isNamed = (content: string, path: string): boolean => {
  const at = content.indexOf(path);
  if (at === -1) return false;
  return !/[\w.-]/.test(content[at - 1] ?? ' ') && !/[\w-]/.test(content[at + path.length] ?? ' ');
};

export const thisMachine = (checkout: string): Machine => ({ checkout, home: homedir() });
