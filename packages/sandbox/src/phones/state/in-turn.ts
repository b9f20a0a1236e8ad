/**
 * Reads one after another what nobody is looking at. However fast things change, and in however many phones, one
 * read is under way; what changes again while it waits is read once.
 */
export function inTurn(read: (key: string) => Promise<void>): (key: string) => void {
  const waiting = new Set<string>();
  let reading = false;
  const drain = async (): Promise<void> => {
    reading = true;
    for (const key of waiting) {
      waiting.delete(key);
      await read(key);
    }
    reading = false;
  };
  return (key) => {
    waiting.add(key);
    if (!reading) void drain();
  };
}
