import { expect, test } from 'vitest';
import { type Choices, choicesOf, type Draft, draftInput, previewInput } from './choices.ts';

const phone = { to: 'phone' } as const;
const choices: Choices = { uploadId: 'u', format: { delimiter: ';' }, mapping: [phone, { to: 'name' }], options: { onNew: 'skip' } };

test('of the format of a draft only what was said is a choice; the rest is detected anew', () => {
  const format = { encoding: 'utf-8', delimiter: ';', quote: '"', hasHeader: true, header: ['a', 'b'], given: ['delimiter'] };
  const draft = { id: 'i', uploadId: 'u', format, mapping: [phone, { to: 'name' }], options: { onNew: 'skip' } };
  expect(choicesOf(draft as unknown as Draft)).toEqual(choices);
});

test('a mapping that is not done is kept, but the file is not tried with it', () => {
  expect(previewInput(choices)).toEqual(choices);
  const { mapping: _, ...others } = choices;
  expect(previewInput({ ...choices, mapping: null })).toEqual(others);
  for (const mapping of [[phone, phone], [phone, { to: 'newField', label: 'Plano', kind: 'choice', options: [] as string[] }] as const]) {
    const notDone: Choices = { ...choices, mapping: [...mapping] };
    expect([previewInput(notDone), draftInput(notDone)]).toEqual([others, notDone]);
  }
  // Only another rule can use it: it can be tried.
  expect(previewInput({ ...choices, mapping: [{ to: 'externalId' }] })).toHaveProperty('mapping');
  expect(draftInput({ ...choices, mapping: null })).toEqual(others);
});
