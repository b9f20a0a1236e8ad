/** All that a test of the page may know of Node; with Node's own types a page that reads `process` would compile. */
declare module 'node:fs' {
  export function readFileSync(path: URL, encoding: 'utf8'): string;
}
