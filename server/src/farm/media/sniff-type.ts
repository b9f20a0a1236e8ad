import { fileTypeFromBuffer } from 'file-type';

/** What the bytes themselves are, whatever they were said to be; text where they are that, and else just bytes. */
export const sniffType = async (head: Buffer): Promise<string> => {
  const found = await fileTypeFromBuffer(head);
  if (found !== undefined) return found.mime;
  return isText(head) ? 'text/plain' : 'application/octet-stream';
};

const isText = (head: Buffer): boolean => {
  if (head.length === 0) return false;
  try {
    // Its end may be in the middle of a character.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return !/[^\P{Cc}\t\n\r]/u.test(text);
  } catch {
    return false;
  }
};
