import { expect, test } from 'vitest';
import { markHtml, splitMarks } from './preview.ts';
import { renderContent } from './render.ts';
import { variablesFor } from './testing.ts';

const variables = variablesFor({ name: null, fields: {} });

test('a preview shows the whole text, with the name of what is missing in its place', () => {
  const result = renderContent({
    content: { body: 'Oi {{ contact.name }}, de {{ contact.fields.city | upcase }}.' },
    variables,
    markGaps: true,
  });
  expect(result.ok && splitMarks(result.body)).toEqual([
    { kind: 'text', text: 'Oi ' },
    { kind: 'missing', text: 'contact.name' },
    { kind: 'text', text: ', de ' },
    { kind: 'missing', text: 'contact.fields.city' },
    { kind: 'text', text: '.' },
  ]);
});

test('in HTML the gaps are marked, and stay text', () => {
  const html = '<p>{{ contact.fields["<b>"] }}</p>';
  const result = renderContent({ content: { body: '', html }, variables, markGaps: true });
  expect(result.ok && markHtml(result.html ?? '')).toBe('<p><mark>contact.fields[&#34;&lt;b&gt;&#34;]</mark></p>');
});

test('a text without gaps is one part', () => {
  expect(splitMarks('Tudo certo')).toEqual([{ kind: 'text', text: 'Tudo certo' }]);
  expect(splitMarks('')).toEqual([]);
});
