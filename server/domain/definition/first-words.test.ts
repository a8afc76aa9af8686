import { expect, test } from 'vitest';
import { firstWords } from './first-words.ts';
import type { Step } from './schema.ts';

const message = (content: { subject?: string; body: string }, name?: string): Step => ({
  key: 'hello',
  type: 'message',
  timing: { kind: 'immediately' },
  ...(name === undefined ? {} : { name }),
  message: { channelAccountId: crypto.randomUUID(), ...content },
});

test('a step is called by its name, else its subject, else its first line', () => {
  expect(firstWords(message({ subject: 'Assunto', body: 'Texto' }, 'Lembrete'))).toBe('Lembrete');
  expect(firstWords(message({ subject: 'Assunto', body: 'Texto' }))).toBe('Assunto');
  expect(firstWords(message({ body: '\n Primeira\nSegunda' }))).toBe('Primeira');
  expect(firstWords({ key: 'bye', type: 'exit', timing: { kind: 'immediately' } })).toBeNull();
});

test('variables stand as what they mean', () => {
  expect(firstWords(message({ body: 'Olá, {{ contact.firstName | default: "tudo bem" }}. Seu curso: {{contact.fields.curso}}' }))).toBe(
    'Olá, ‹firstName›. Seu curso: ‹curso›',
  );
});
