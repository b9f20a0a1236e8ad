import { rolldown } from 'rolldown';

const bundles = new Map<string, Promise<string>>();

/** One script of everything an entry imports, made in memory once a process. */
export const bundlePage = (entry: string): Promise<string> => {
  const known = bundles.get(entry);
  if (known !== undefined) return known;
  const made = bundle(entry);
  bundles.set(entry, made);
  // A failure is not kept: the next visitor tries again, with the file mended perhaps.
  made.catch(() => bundles.delete(entry));
  return made;
};

const bundle = async (entry: string): Promise<string> => {
  const build = await rolldown({
    input: entry,
    platform: 'browser',
    logLevel: 'silent',
    transform: { define: { 'process.env.NODE_ENV': '"production"' }, jsx: { runtime: 'automatic' } },
    // Styles are served as a file of their own.
    moduleTypes: { '.css': 'empty' },
  });
  try {
    const { output } = await build.generate({ format: 'iife', minify: true, codeSplitting: false });
    return output.map((part) => (part.type === 'chunk' ? part.code : '')).join('');
  } finally {
    await build.close();
  }
};
