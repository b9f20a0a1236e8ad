import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync, Visitor, type Expression, type ObjectExpression, type VariableDeclarator } from 'oxc-parser';
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

type Aliases = Map<string, Required>;

const parse = (file: string) => parseSync(file, readFileSync(join(libraryDir, 'src', file), 'utf8')).program;

/** What the library keeps in `window.AuthStore` under names of its own. */
const readStore = (): Aliases => {
  const store: Aliases = new Map();
  new Visitor({
    AssignmentExpression: ({ left, right }) => {
      const required = resolve(right, store);
      if (left.type === 'MemberExpression' && left.property.type === 'Identifier' && required !== undefined) store.set(`AuthStore.${left.property.name}`, required);
    },
  }).visit(parse('util/Injected/AuthStore/AuthStore.js'));
  if (store.size === 0) throw new Error('the library keeps nothing in window.AuthStore any more');
  return store;
};

const readFile = (file: string, store: Aliases): Required[] => {
  const program = parse(file);
  const aliases: Aliases = new Map(store);
  const found: Required[] = [];
  new Visitor({
    VariableDeclarator: (node) => {
      for (const [name, required] of aliasesOf(node, aliases)) {
        aliases.set(name, required);
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
const aliasesOf = ({ id, init }: VariableDeclarator, known: Aliases): [string, Required][] => {
  const from = init === null ? undefined : resolve(init, known);
  if (from === undefined) return [];
  if (id.type === 'Identifier') return [[id.name, from]];
  if (id.type !== 'ObjectPattern') return [];
  return id.properties.flatMap((property) => {
    if (property.type !== 'Property' || property.key.type !== 'Identifier' || property.value.type !== 'Identifier') return [];
    return [[property.value.name, { module: from.module, path: [...from.path, property.key.name] }] as [string, Required]];
  });
};

/** Which module and members an expression stands for, if it is a chain of names that begins at a `require`. */
const resolve = (expression: Expression, aliases: Aliases): Required | undefined => {
  if (expression.type === 'ParenthesizedExpression') return resolve(expression.expression, aliases);
  if (expression.type === 'ChainExpression') return resolve(expression.expression as Expression, aliases);
  if (expression.type === 'Identifier') return aliases.get(expression.name);
  if (expression.type === 'CallExpression') {
    const [first] = expression.arguments;
    const { callee } = expression;
    const isRequire = callee.type === 'MemberExpression' && callee.object.type === 'Identifier' && callee.object.name === 'window' && callee.property.type === 'Identifier' && callee.property.name === 'require';
    return isRequire && first?.type === 'Literal' && typeof first.value === 'string' ? { module: first.value, path: [] } : undefined;
  }
  if (expression.type !== 'MemberExpression' || expression.computed || expression.property.type !== 'Identifier') return undefined;
  const { object } = expression;
  if (object.type === 'MemberExpression' && !object.computed && object.property.type === 'Identifier' && object.property.name === 'AuthStore') return aliases.get(`AuthStore.${expression.property.name}`);
  const of = resolve(object as Expression, aliases);
  return of === undefined ? undefined : { module: of.module, path: [...of.path, expression.property.name] };
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
