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
const marked = /(?<![\p{L}\p{N}])([*_~])(?=\S)((?:(?!\1)[^\n])*?\S|\S)\1(?![\p{L}\p{N}])/u;
const code = /```([^\n]+?)```|`([^`\n]+)`/;
const link = /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]}*_~]/;
const mention = /@(\d{5,20})\b/;

interface Hit {
  index: number;
  length: number;
  parts: Inline[];
}

export function readInline(text: string, mentions: readonly string[] = []): Inline[] {
  const parts: Inline[] = [];
  let rest = text;
  while (rest !== '') {
    const hit = firstHit(rest, mentions);
    if (hit === undefined) break;
    if (hit.index > 0) parts.push({ as: 'text', text: rest.slice(0, hit.index) });
    parts.push(...hit.parts);
    rest = rest.slice(hit.index + hit.length);
  }
  if (rest !== '') parts.push({ as: 'text', text: rest });
  return parts;
}

/** The first mark wins; of two at one place, what nothing can stand inside of. */
function firstHit(text: string, mentions: readonly string[]): Hit | undefined {
  const hits = [hitCode(text), hitLink(text), hitMention(text, mentions), hitMark(text, mentions)].filter((hit) => hit !== undefined);
  return hits.reduce<Hit | undefined>((first, hit) => (first === undefined || hit.index < first.index ? hit : first), undefined);
}

function hitCode(text: string): Hit | undefined {
  const found = code.exec(text);
  return found === null ? undefined : { index: found.index, length: found[0].length, parts: [{ as: 'code', text: found[1] ?? found[2] ?? '' }] };
}

function hitLink(text: string): Hit | undefined {
  const found = link.exec(text);
  return found === null ? undefined : { index: found.index, length: found[0].length, parts: [{ as: 'link', text: found[0], href: found[0] }] };
}

function hitMention(text: string, mentions: readonly string[]): Hit | undefined {
  if (mentions.length === 0) return undefined;
  for (const found of text.matchAll(new RegExp(mention, 'g'))) {
    const jid = mentions.find((one) => one.startsWith(`${found[1]}@`));
    if (jid !== undefined) return { index: found.index, length: found[0].length, parts: [{ as: 'mention', jid }] };
  }
  return undefined;
}

function hitMark(text: string, mentions: readonly string[]): Hit | undefined {
  const found = marked.exec(text);
  const as = marks[found?.[1] ?? ''];
  if (found === null || as === undefined) return undefined;
  return { index: found.index, length: found[0].length, parts: [{ as, parts: readInline(found[2] ?? '', mentions) }] };
}

const bullet = /^[*-] (.+)$/;
const numbered = /^(\d{1,3})\. (.+)$/;
const quoted = /^> (.+)$/;

export function readBlocks(text: string, mentions: readonly string[] = []): Block[] {
  // What stands between three backticks over several lines is taken out first; nothing in it is a mark.
  return text.split(/```\n?([^`]*\n[^`]*?)\n?```/).flatMap((piece, index): Block[] => {
    if (index % 2 === 1) return [{ as: 'mono', text: piece }];
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
