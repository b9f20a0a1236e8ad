import type { WireContent } from '../../wire/stanzas.ts';

/** The words of a message that can be copied or changed. */
export function textOf(content: WireContent): string {
  if (content.kind === 'text') return content.text;
  if ('caption' in content) return content.caption ?? '';
  return content.kind === 'poll' ? content.question : '';
}
