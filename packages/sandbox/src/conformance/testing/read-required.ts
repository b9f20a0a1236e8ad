import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor, type CallExpression, type Expression, type ObjectExpression, type VariableDeclarator } from 'oxc-parser';
import { libraryDir } from './read-surface.ts';

/** What the library asks of the page: a module, and where in it. `['Cmd', 'archiveChat']` of `WAWebCmd`. */
export interface Required {
  module: string;
  path: string[];
}

/** Every `window.require('…')` in the library's source with the members that are used of it, also through a variable. */
export const readRequired = (): Required[] => {
  const found = new Map<string, Required>();
  const store = readStore();
  for (const file of readdirSync(join(libraryDir, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!file.endsWith('.js')) continue;
    for (const required of readFile(file, store)) found.set([required.module, ...required.path].join('.'), required);
  }
  return [...found.values()].toSorted((one, other) => [one.module, ...one.path].join('.').localeCompare([other.module, ...other.path].join('.')));
};

/** A name that stands for something required, and where in the file it does. */
interface Alias {
  name: string;
  required: Required;
  start: number;
  end: number;
}

const everywhere = { start: 0, end: Infinity };

const parse = (file: string) => parseSync(file, readFileSync(join(libraryDir, 'src', file), 'utf8')).program;

/** What the library keeps in `window.AuthStore` under names of its own. */
const readStore = (): Alias[] => {
  const store: Alias[] = [];
  new Visitor({
    AssignmentExpression: ({ left, right }) => {
      const required = resolve(right, store);
      if (left.type === 'MemberExpression' && left.property.type === 'Identifier' && required !== undefined) store.push({ name: `AuthStore.${left.property.name}`, required, ...everywhere });
    },
  }).visit(parse('util/Injected/AuthStore/AuthStore.js'));
  if (store.length === 0) throw new Error('the library keeps nothing in window.AuthStore any more');
  return store;
};

const readFile = (file: string, store: readonly Alias[]): Required[] => {
  const program = parse(file);
  const scopes: { start: number; end: number }[] = [everywhere];
  const addScope = ({ start, end }: { start: number; end: number }): void => void scopes.push({ start, end });
  new Visitor({ FunctionDeclaration: addScope, FunctionExpression: addScope, ArrowFunctionExpression: addScope }).visit(program);
  const scopeOf = (at: number) => scopes.reduce((inner, scope) => (scope.start <= at && at < scope.end && scope.end - scope.start <= inner.end - inner.start ? scope : inner), everywhere);

  const aliases = [...store];
  const found: Required[] = [];
  new Visitor({
    VariableDeclarator: (node) => {
      for (const [name, required] of namesOf(node, aliases)) {
        aliases.push({ name, required, ...scopeOf(node.start) });
        found.push(required);
      }
    },
  }).visit(program);
  new Visitor({
    CallExpression: (node) => add(found, resolve(node, aliases)),
    MemberExpression: (node) => add(found, resolve(node, aliases)),
    ObjectExpression: (node) => add(found, wrapped(node)),
  }).visit(program);
  return found;
};

const add = (found: Required[], required: Required | undefined): void => {
  if (required !== undefined) found.push(required);
};

/** `const X = window.require(…).a` and `const { a, b } = window.require(…)`. */
const namesOf = ({ id, init }: VariableDeclarator, aliases: readonly Alias[]): [string, Required][] => {
  const from = init === null ? undefined : resolve(init, aliases);
  if (from === undefined) return [];
  if (id.type === 'Identifier') return [[id.name, from]];
  if (id.type !== 'ObjectPattern') return [];
  return id.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.value.type !== 'Identifier') return [];
    return [[property.value.name, { module: from.module, path: [...from.path, property.key.name] }] as [string, Required]];
  });
};

const find = (aliases: readonly Alias[], name: string, at: number): Required | undefined => aliases.findLast((alias) => alias.name === name && alias.start <= at && at < alias.end)?.required;

/** Which module and members an expression stands for, if it is a chain of names that begins at a `require`. */
const resolve = (expression: Expression, aliases: readonly Alias[]): Required | undefined => {
  if (expression.type === 'ParenthesizedExpression') return resolve(expression.expression, aliases);
  if (expression.type === 'ChainExpression') return resolve(expression.expression, aliases);
  if (expression.type === 'Identifier') return find(aliases, expression.name, expression.start);
  if (expression.type === 'CallExpression') return required(expression);
  if (expression.type !== 'MemberExpression' || expression.computed || expression.property.type !== 'Identifier') return undefined;
  const { object, property } = expression;
  if (object.type === 'MemberExpression' && object.property.type === 'Identifier' && object.property.name === 'AuthStore') return find(aliases, `AuthStore.${property.name}`, expression.start);
  const of = object.type === 'Super' ? undefined : resolve(object, aliases);
  return of === undefined ? undefined : { module: of.module, path: [...of.path, property.name] };
};

/** `window.require('…')` */
const required = ({ callee, arguments: [first] }: CallExpression): Required | undefined => {
  const isRequire = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'window' && callee.property.type === 'Identifier' && callee.property.name === 'require';
  return isRequire && first?.type === 'Literal' && typeof first.value === 'string' ? { module: first.value, path: [] } : undefined;
};

/** `{ module: 'X', function: 'a.b' }`, which the library wraps. */
const wrapped = ({ properties }: ObjectExpression): Required | undefined => {
  const texts = new Map(
    properties.flatMap((property) =>
      property.type === 'Property' && property.key.type === 'Identifier' && property.value.type === 'Literal' && typeof property.value.value === 'string' ? [[property.key.name, property.value.value] as const] : [],
    ),
  );
  const [module, path] = [texts.get('module'), texts.get('function')];
  return module === undefined || path === undefined ? undefined : { module, path: path.split('.') };
};
