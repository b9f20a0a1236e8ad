/** WhatsApp's own marks, read into parts that are drawn as elements: text of messages never becomes markup. */
export type Inline =
  | { as: 'text'; text: string }
  | { as: 'bold' | 'italic' | 'strike'; parts: Inline[] }
  | { as: 'code'; text: string }
  | { as: 'link'; text: string; href: string }
  | { as: 'mention'; jid: string };

export type Block = { as: 'paragraph' | 'quote'; parts: Inline[] } | { as: 'mono'; text: string } | { as: 'bullets' | 'numbers'; start: number; items: Inline[][] };

type Mark = 'bold' | 'italic' | 'strike';
const marks: Readonly<Record<string, Mark>> = { '*': 'bold', _: 'italic', '~': 'strike' };

// A mark opens before a letter and after none, and closes after a letter and before none.
const marked = /(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\1)[^\n])*?\S|\S)\1(?![\p{L}\p{N}])/gu;
const code = /```([^\n]+?)```|`([^`\n]+)`/g;
const link = /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]}*_~]/g;
const mention = /@(\d{5,20})\b/g;

interface Hit {
  index: number;
  end: number;
  part: Inline;
}

type Find = (text: string, from: number, mentions: readonly string[]) => Hit | undefined;

const findFrom = (pattern: RegExp, text: string, from: number): RegExpExecArray | null => {
  const copy = new RegExp(pattern);
  copy.lastIndex = from;
  return copy.exec(text);
};

const hitAt = (found: RegExpExecArray, part: Inline): Hit => ({ index: found.index, end: found.index + found[0].length, part });

const findCode: Find = (text, from) => {
  const found = findFrom(code, text, from);
  return found === null ? undefined : hitAt(found, { as: 'code', text: found[1] ?? found[2] ?? '' });
};

const findLink: Find = (text, from) => {
  const found = findFrom(link, text, from);
  return found === null ? undefined : hitAt(found, { as: 'link', text: found[0], href: found[0] });
};

const findMention: Find = (text, from, mentions) => {
  let place = from;
  for (let found = findFrom(mention, text, place); mentions.length > 0 && found !== null; found = findFrom(mention, text, place)) {
    const digits = found[1] ?? '';
    const jid = mentions.find((one) => one.startsWith(`${digits}@`));
    if (jid !== undefined) return hitAt(found, { as: 'mention', jid });
    place = found.index + found[0].length;
  }
  return undefined;
};

const findMark: Find = (text, from, mentions) => {
  const found = findFrom(marked, text, from);
  const as = marks[found?.[1] ?? ''];
  return found === null || as === undefined ? undefined : hitAt(found, { as, parts: readInline(found[2] ?? '', mentions) });
};

/** The first of two at one place wins: nothing can stand inside of code and links. */
const finds: readonly Find[] = [findCode, findLink, findMention, findMark];

export function readInline(text: string, mentions: readonly string[] = []): Inline[] {
  const parts: Inline[] = [];
  let place = 0;
  // Each kind is looked for again only when its last hit has been passed: a long text is gone through a few times, not once for each part.
  let next = finds.map((find) => find(text, 0, mentions));
  for (;;) {
    const hit = next.reduce((first, one) => (first === undefined || (one !== undefined && one.index < first.index) ? one : first), undefined);
    if (hit === undefined) break;
    if (hit.index > place) parts.push({ as: 'text', text: text.slice(place, hit.index) });
    parts.push(hit.part);
    place = hit.end;
    next = next.map((one, kind) => (one !== undefined && one.index < hit.end ? finds[kind]?.(text, hit.end, mentions) : one));
  }
  if (place < text.length) parts.push({ as: 'text', text: text.slice(place) });
  return parts;
}

const bullet = /^[*-] (.+)$/;
const numbered = /^(\d{1,3})\. (.+)$/;
const quoted = /^> (.+)$/;

export function readBlocks(text: string, mentions: readonly string[] = []): Block[] {
  // What stands between three backticks over several lines is taken out first; nothing in it is a mark.
  return text.split(/```\n?([^`]*\n[^`]*?)\n?```/).flatMap((piece, index): Block[] => {
    if (index % 2 === 1) return [{ as: 'mono', text: piece.replace(/\n$/, '') }];
    const trimmed = piece.replace(/^\n|\n$/g, '');
    return trimmed === '' ? [] : readLines(trimmed.split('\n'), mentions);
  });
}

function readLines(lines: readonly string[], mentions: readonly string[]): Block[] {
  const blocks: Block[] = [];
  for (const line of lines) {
    const block = readLine(line, mentions);
    const last = blocks.at(-1);
    if (last?.as === 'paragraph' && block.as === 'paragraph') last.parts.push({ as: 'text', text: '\n' }, ...block.parts);
    else if (last !== undefined && 'items' in last && 'items' in block && last.as === block.as) last.items.push(...block.items);
    else blocks.push(block);
  }
  return blocks;
}

function readLine(line: string, mentions: readonly string[]): Block {
  const [, item] = bullet.exec(line) ?? [];
  if (item !== undefined) return { as: 'bullets', start: 1, items: [readInline(item, mentions)] };
  const [, number, text] = numbered.exec(line) ?? [];
  if (text !== undefined) return { as: 'numbers', start: Number(number), items: [readInline(text, mentions)] };
  const [, quote] = quoted.exec(line) ?? [];
  return quote === undefined ? { as: 'paragraph', parts: readInline(line, mentions) } : { as: 'quote', parts: readInline(quote, mentions) };
}

const emojiOnly = /^(?:\p{Extended_Pictographic}|\p{Emoji_Component}|\p{Regional_Indicator}|\s)+$/u;

/** Up to three emoji alone are shown large. */
export function isFewEmoji(text: string): boolean {
  const trimmed = text.trim();
  if (trimmed === '' || /^[\d#*\s]+$/.test(trimmed) || !emojiOnly.test(trimmed)) return false;
  return [...new Intl.Segmenter().segment(trimmed)].filter(({ segment }) => segment.trim() !== '').length <= 3;
}
