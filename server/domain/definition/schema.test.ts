import { expect, test } from 'vitest';
import { definitionSchema, emptyDefinition, type Step } from './schema.ts';

const exit: Step = { key: 'bye', type: 'exit', timing: { kind: 'immediately' } };

test('the empty definition is a valid one', () => {
  expect(definitionSchema.parse(emptyDefinition)).toEqual(emptyDefinition);
});

test('steps nest by outcome, and unknown fields are refused at any depth', () => {
  const bot: Step = {
    key: 'ask',
    type: 'chatbot',
    timing: { kind: 'after', amount: 2, unit: 'days', at: '09:30' },
    chatbot: { chatbotId: crypto.randomUUID(), channelAccountId: crypto.randomUUID(), timeoutMinutes: 60 },
    paths: { noAnswer: [exit] },
  };
  const definition = { ...emptyDefinition, steps: [bot] };
  expect(definitionSchema.parse(definition)).toEqual(definition);
  const broken = { ...emptyDefinition, steps: [{ ...bot, paths: { noAnswer: [{ ...exit, colour: 'red' }] } }] };
  expect(definitionSchema.safeParse(broken).success).toBe(false);
});
