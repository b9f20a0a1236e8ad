import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseSync } from 'oxc-parser';
import { expect, test } from 'vitest';
import { checkoutDir } from '../config.ts';

const launcher = join(checkoutDir, 'packages', 'standalone', 'launch.cjs');

/** What ECMAScript 5 knows of what the launcher could use; anything else would not parse on an old Node. */
const oldKinds = new Set([
  'Program', 'ExpressionStatement', 'Literal', 'VariableDeclaration', 'VariableDeclarator', 'Identifier', 'IfStatement', 'BlockStatement', 'BinaryExpression',
  'LogicalExpression', 'UnaryExpression', 'CallExpression', 'MemberExpression', 'FunctionDeclaration', 'FunctionExpression', 'ReturnStatement',
]);

const listNewSyntax = (text: string): string[] => {
  const { program, errors } = parseSync('launch.cjs', text);
  if (errors.length > 0) return errors.map(({ message }) => message);
  const found: string[] = [];
  const look = (node: unknown): void => {
    if (Array.isArray(node)) for (const part of node) look(part);
    if (typeof node !== 'object' || node === null || !('type' in node)) return;
    if (!oldKinds.has(String(node.type))) found.push(String(node.type));
    if ('kind' in node && (node.kind === 'let' || node.kind === 'const')) found.push(String(node.kind));
    if ('optional' in node && node.optional === true) found.push('?.');
    for (const part of Object.values(node)) look(part);
  };
  look(program.body);
  return found;
};

test('the first file parses on a Node of any age', async () => {
  expect(listNewSyntax(await readFile(launcher, 'utf8'))).toEqual([]);
});

test('newer syntax in it would be noticed', () => {
  for (const text of ['const a = 1;', 'f(() => 1);', 'f(`a`);', 'a?.b;', 'f(...a);', 'import("a");']) expect(listNewSyntax(text), text).not.toEqual([]);
});

test('a Node that is too old gets one sentence and the exit code 1', async () => {
  const script = `Object.defineProperty(process.versions, 'node', { value: '18.19.1' }); require(${JSON.stringify(launcher)})`;
  const run = promisify(execFile)(process.execPath, ['-e', script]);
  await expect(run).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: 'Waxos needs Node 20 or later, and this is Node 18.19.1. Install a newer one from https://nodejs.org and run the command again.\n',
  });
});
