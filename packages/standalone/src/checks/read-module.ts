import { parseSync, Visitor, type Program } from 'oxc-parser';

export interface ImportLink {
  /** Undefined where an `import()` computes what it loads. */
  specifier: string | undefined;
  line: number;
  /** Written `import type`, `export type` or `import('…').Name`: gone at run time. */
  typeOnly: boolean;
}

export interface Module {
  imports: ImportLink[];
  /** Names that other modules can see, with their lines. */
  exported: { name: string; line: number }[];
  /** Nothing but re-exports. */
  barrel: boolean;
}

/** Reads what a module imports and exports; throws when it is no module at all, for a file not read is a rule not held. */
export const readModule = (file: string, text: string): Module => {
  const parsed = parseSync(file, text);
  const broken = parsed.errors.find((error) => error.severity === 'Error');
  if (broken !== undefined) throw new Error(`${file} cannot be parsed: ${broken.message}`);
  const lineOf = countLines(text);
  const exported = parsed.module.staticExports
    .flatMap(({ entries }) => entries)
    .flatMap(({ exportName, start }) => (exportName.name === null ? [] : [{ name: exportName.name, line: lineOf(start) }]));
  return { imports: readImports(parsed.program, lineOf), exported, barrel: isBarrel(parsed.program) };
};

const readImports = (program: Program, lineOf: (offset: number) => number): ImportLink[] => {
  const imports: ImportLink[] = [];
  const add = (start: number, specifier: string | undefined, typeOnly: boolean): void => void imports.push({ specifier, line: lineOf(start), typeOnly });
  new Visitor({
    ImportDeclaration: (node) => add(node.start, node.source.value, node.importKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source !== null) add(node.start, node.source.value, node.exportKind === 'type');
    },
    ExportAllDeclaration: (node) => add(node.start, node.source.value, node.exportKind === 'type'),
    ImportExpression: (node) => {
      const { source } = node;
      add(node.start, source.type === 'Literal' && typeof source.value === 'string' ? source.value : undefined, false);
    },
    TSImportType: (node) => add(node.start, node.source.value, true),
  }).visit(program);
  return imports;
};

const isBarrel = ({ body }: Program): boolean =>
  body.some((node) => node.type.startsWith('Export')) &&
  body.every(
    (node) =>
      node.type === 'ImportDeclaration' ||
      node.type === 'ExportAllDeclaration' ||
      (node.type === 'ExportNamedDeclaration' && node.declaration === null),
  );

const countLines = (text: string): ((offset: number) => number) => {
  const starts = [0];
  for (let index = text.indexOf('\n'); index !== -1; index = text.indexOf('\n', index + 1)) starts.push(index + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
};
