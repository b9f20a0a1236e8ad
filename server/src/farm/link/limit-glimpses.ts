/** How many glimpses of a device are passed on: they tell of a moment, and whoever types fast types no more for it. */
export const openGlimpseLimit = ({ perSecond, now }: { perSecond: number; now: () => number }) => {
  const counts = new Map<string, { second: number; count: number }>();
  return {
    admits: (device: string): boolean => {
      const second = Math.floor(now() / 1_000);
      const found = counts.get(device);
      if (found?.second !== second) {
        counts.set(device, { second, count: 1 });
        return true;
      }
      found.count += 1;
      return found.count <= perSecond;
    },
  };
};
