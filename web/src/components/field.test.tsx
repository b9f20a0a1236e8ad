import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { TextField } from './text-field.tsx';

const base = { name: 'email', value: 'ana', onValue: () => undefined, label: 'E-mail' };

function attributesOf(markup: string, tag: string): Record<string, string> {
  const [, text = ''] = new RegExp(`<${tag} ([^>]*)>`).exec(markup) ?? [];
  return Object.fromEntries([...text.matchAll(/([a-z-]+)="([^"]*)"/gi)].map(([, name = '', value = '']) => [name, value]));
}

test('a field is named by its label', () => {
  const markup = renderToStaticMarkup(<TextField {...base} />);
  expect(attributesOf(markup, 'input').id).toBe(attributesOf(markup, 'label').for);
});

test('a field without a problem claims none', () => {
  const input = attributesOf(renderToStaticMarkup(<TextField {...base} />), 'input');
  expect([input['aria-invalid'], input['aria-describedby']]).toEqual([undefined, undefined]);
});

test('a problem is tied to its field and said before the hint', () => {
  const markup = renderToStaticMarkup(<TextField {...base} hint="For signing in." problem="Fill this in." />);
  const input = attributesOf(markup, 'input');
  const described = (input['aria-describedby'] ?? '').split(' ').map((id) => new RegExp(`id="${id}"[^>]*>([^<]*)<`).exec(markup)?.[1]);
  expect([input['aria-invalid'], described]).toEqual(['true', ['Fill this in.', 'For signing in.']]);
});
