import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseSync, Visitor, type Class, type PropertyKey, type TSInterfaceDeclaration, type TSTypeAnnotation } from 'oxc-parser';

const packageFile = createRequire(import.meta.url).resolve('whatsapp-web.js/package.json');
export const libraryDir = dirname(packageFile);

export interface Surface {
  /** `Class.method`, of every class and every interface that stands for one. */
  methods: string[];
  events: string[];
}

/** The public methods and events of whatsapp-web.js, as its type definitions say them. */
export const readSurface = (text = readFileSync(join(libraryDir, 'index.d.ts'), 'utf8')): Surface => {
  const { program, errors } = parseSync('index.d.ts', text);
  if (errors.length > 0) throw new Error(`the type definitions cannot be parsed: ${errors[0]?.message}`);
  const methods = new Set<string>();
  const events = new Set<string>();
  const functionAliases = new Set<string>();
  new Visitor({
    TSTypeAliasDeclaration: (node) => {
      if (node.typeAnnotation.type === 'TSFunctionType') functionAliases.add(node.id.name);
    },
  }).visit(program);
  const isFunction = (annotation: TSTypeAnnotation | null | undefined): boolean => {
    const type = annotation?.typeAnnotation;
    if (type?.type === 'TSTypeReference') return functionAliases.has(text.slice(type.typeName.start, type.typeName.end));
    return type?.type === 'TSFunctionType';
  };
  const add = (owner: Class | TSInterfaceDeclaration): void => {
    const ownerName = owner.id?.name ?? '';
    for (const member of owner.body.body) {
      if (!('key' in member)) continue;
      const name = nameOf(member.key);
      if (name === 'constructor') continue;
      const isMethod = member.type.endsWith('MethodDefinition') || member.type === 'TSMethodSignature';
      const isFunctionProperty = 'typeAnnotation' in member && isFunction(member.typeAnnotation);
      if (isMethod && name === 'on') {
        for (const [, event] of text.slice(member.start, member.end).matchAll(/event: '(\w+)'/g)) events.add(String(event));
      } else if (isMethod || isFunctionProperty) methods.add(`${ownerName}.${name}`);
    }
  };
  new Visitor({ ClassDeclaration: add, TSInterfaceDeclaration: add }).visit(program);
  new Visitor({
    TSEnumDeclaration: (node) => {
      if (node.id.name !== 'Events') return;
      for (const { initializer } of node.body.members) if (initializer?.type === 'Literal') events.add(String(initializer.value));
    },
  }).visit(program);
  return { methods: [...methods].toSorted(), events: [...events].toSorted() };
};

const nameOf = (key: PropertyKey): string => (key.type === 'Identifier' ? key.name : key.type === 'Literal' ? String(key.value) : '');
