/** Flows for tests: one that a team would write, and any that the schema accepts. */
import fc from 'fast-check';
import { type Flow, flowSchema, questionKinds, whenUnclearSchema } from '../flow.ts';

/** Asks how it was; whoever was unhappy may talk to a person, the others leave an e-mail. */
export const satisfactionFlow: Flow = flowSchema.parse({
  start: null,
  blocks: [
    { key: 'hello', type: 'text', text: 'Oi, {{ contact.firstName }}.' },
    {
      key: 'rating',
      type: 'choices',
      text: 'Como foi o atendimento?',
      saveTo: 'contact.fields.rating',
      options: [{ label: 'Ótimo' }, { label: 'Regular' }, { label: 'Ruim', next: 'sorry' }],
    },
    {
      key: 'email',
      type: 'question',
      kind: 'email',
      text: 'Qual é o seu e-mail?',
      saveTo: 'contact.email',
      attempts: 2,
      whenUnclear: 'goOn',
    },
    { key: 'mark', type: 'setField', field: 'contact.fields.surveyed', value: 'sim: {{ answers.rating | downcase }}' },
    { key: 'thanks', type: 'text', text: 'Obrigado. Anotamos "{{ contact.fields.rating }}".', next: 'finish' },
    { key: 'sorry', type: 'text', text: 'Sentimos muito. Uma pessoa da equipe vai falar com você.' },
    { key: 'person', type: 'handOff' },
    { key: 'finish', type: 'end' },
  ],
});

const keys = ['a', 'b', 'c', 'd', 'e', 'f'];
const next = fc.option(fc.constantFrom(...keys, 'nowhere'), { nil: undefined, freq: 2 });
const text = fc.constantFrom('Oi', 'Oi, {{ contact.firstName }}', '{{ answers.a }}', '{{ contact.fields.nothing }}', '{{ broken', '');
const target = fc.constantFrom('contact.name', 'contact.fields.city', 'contact.fields.color');
const asking = {
  text,
  attempts: fc.integer({ min: 1, max: 3 }),
  whenUnclear: fc.constantFrom(...whenUnclearSchema.options),
  saveTo: fc.option(target, { nil: undefined }),
};
const block = fc.oneof(
  fc.record({ type: fc.constant('text'), text, next }),
  fc.record({ type: fc.constant('question'), kind: fc.constantFrom(...questionKinds), ...asking, next }),
  fc.record({
    type: fc.constant('choices'),
    options: fc.array(fc.record({ label: fc.constantFrom('Sim', 'Não', '1', '?'), next }), { maxLength: 4 }),
    ...asking,
    next,
  }),
  fc.record({ type: fc.constant('setField'), field: target, value: text, next }),
  fc.record({ type: fc.constant('handOff') }),
  fc.record({ type: fc.constant('end') }),
);

/** Well or badly drawn, with loops, dead ends and broken texts. */
export const anyFlow: fc.Arbitrary<Flow> = fc
  .tuple(fc.uniqueArray(fc.constantFrom(...keys), { maxLength: keys.length }), fc.array(block, { minLength: 6, maxLength: 6 }), next)
  .map(([used, blocks, start]) =>
    flowSchema.parse({ start: start ?? null, blocks: used.map((key, index) => ({ key, ...withoutUndefined(blocks[index] ?? {}) })) }),
  );

function withoutUndefined(value: object): object {
  return JSON.parse(JSON.stringify(value)) as object;
}

/** What people write, understood or not. */
export const anyAnswers: fc.Arbitrary<string[]> = fc.array(
  fc.oneof(fc.constantFrom('1', '2', 'sim', 'Não', 'ana@exemplo.com', '11 91234-5678', '25/12/2026', '3,5', ''), fc.string()),
  { maxLength: 12 },
);
