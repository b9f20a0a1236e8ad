import { beforeEach, describe, inject } from 'vitest';

/** One of the two kinds of browser that Waxos runs in; plain data, since it crosses to the test's process. */
export interface TestChromium {
  kind: 'chromium' | 'headless shell';
  /** Absent where the machine has none. */
  executablePath?: string;
  /** Everything that it is to see of the environment. */
  env: Record<string, string>;
  /** Said where a test is skipped for want of it. */
  whyNot?: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    testChromiums: TestChromium[];
  }
}

/** The same tests in full Chromium and in a headless shell; those of a browser that is not there are skipped, and counted. */
export const inEachChromium = (tests: (chromium: TestChromium) => void): void => {
  for (const chromium of inject('testChromiums')) {
    describe(`in ${chromium.kind === 'chromium' ? 'Chromium' : 'a headless shell'}`, () => {
      beforeEach(({ skip }) => {
        if (chromium.executablePath === undefined) skip(chromium.whyNot);
      });
      tests(chromium);
    });
  }
};

/** Tests that no browser can answer differently: in the headless shell, or where there is none in Chromium. */
export const inOneChromium = (tests: (chromium: TestChromium) => void): void => {
  const chromiums = inject('testChromiums');
  const chromium = chromiums.find(({ kind, executablePath }) => kind === 'headless shell' && executablePath !== undefined) ?? chromiums.find(({ executablePath }) => executablePath !== undefined);
  if (chromium === undefined) throw new Error('there is no Chromium to test with');
  describe(`in ${chromium.kind === 'chromium' ? 'Chromium' : 'a headless shell'}`, () => {
    tests(chromium);
  });
};
