const untilOnline = (): Promise<void> =>
  new Promise((resolve) => {
    addEventListener('online', () => resolve(), { once: true });
  });

/**
 * A part of the page that is asked for without a network waits for it, under the line that says so. Left to itself
 * the router would take the failure for a new version and reload, which offline loses the whole page.
 */
export const loadWhenOnline =
  <Module>(load: () => Promise<Module>) =>
  async (): Promise<Module> => {
    try {
      return await load();
    } catch (error) {
      if (navigator.onLine) throw error;
      await untilOnline();
      return load();
    }
  };
