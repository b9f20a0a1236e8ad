/** What has been opened so far, closed in the opposite order, each whatever became of the others. */
export interface Parts {
  opened: (close: () => Promise<void> | void) => void;
  closeAll: () => Promise<void>;
}

export const openParts = (): Parts => {
  const closers: (() => Promise<void> | void)[] = [];
  const closeAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let close = closers.pop(); close !== undefined; close = closers.pop()) {
      try {
        await close();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures.length === 1 ? failures[0] : new AggregateError(failures, 'several parts did not close');
  };
  return { opened: (close) => void closers.push(close), closeAll };
};
