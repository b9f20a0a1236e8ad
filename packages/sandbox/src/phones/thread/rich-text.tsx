import { Fragment, useMemo, type ReactNode } from 'react';
import { numbered } from '../parts/numbered.ts';
import { usePhone } from '../phone/phone-context.ts';
import { addressesOf, isMe, personName } from '../state/people.ts';
import { isFewEmoji, readBlocks, type Block, type Inline } from './formatting.ts';

interface RichTextProps {
  text: string;
  mentions?: readonly string[] | undefined;
}

/** A message's text with its marks. Each paragraph finds its own direction. */
export function RichText({ text, mentions }: RichTextProps) {
  const { phone } = usePhone();
  const blocks = useMemo(() => readBlocks(text, mentions && addressesOf(phone, mentions)), [text, mentions, phone]);
  return (
    <div className={isFewEmoji(text) ? 'text text-emoji' : 'text'} dir="auto">
      {numbered(blocks).map(({ place, item }) => (
        <Fragment key={place}>{drawBlock(item)}</Fragment>
      ))}
    </div>
  );
}

function drawBlock(block: Block): ReactNode {
  switch (block.as) {
    case 'paragraph':
      return <p dir="auto">{drawParts(block.parts)}</p>;
    case 'quote':
      return <blockquote dir="auto">{drawParts(block.parts)}</blockquote>;
    case 'mono':
      return <pre dir="auto">{block.text}</pre>;
    case 'bullets':
      return <ul>{drawItems(block.items)}</ul>;
    case 'numbers':
      return <ol start={block.start}>{drawItems(block.items)}</ol>;
  }
}

const drawItems = (items: readonly Inline[][]): ReactNode => numbered(items).map(({ place, item }) => <li key={place}>{drawParts(item)}</li>);
const drawParts = (parts: readonly Inline[]): ReactNode => numbered(parts).map(({ place, item }) => <Fragment key={place}>{drawPart(item)}</Fragment>);

function drawPart(part: Inline): ReactNode {
  switch (part.as) {
    case 'text':
      return part.text;
    case 'bold':
      return <strong>{drawParts(part.parts)}</strong>;
    case 'italic':
      return <em>{drawParts(part.parts)}</em>;
    case 'strike':
      return <s>{drawParts(part.parts)}</s>;
    case 'code':
      return <code>{part.text}</code>;
    case 'link':
      return (
        <a href={part.href} target="_blank" rel="noreferrer noopener">
          {part.text}
        </a>
      );
    case 'mention':
      return <Mention jid={part.jid} />;
  }
}

function Mention({ jid }: { jid: string }) {
  const { phone } = usePhone();
  return <bdi className="mention">@{isMe(phone, jid) ? phone.name : personName(phone, jid)}</bdi>;
}
