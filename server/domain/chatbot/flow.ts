/** A chatbot's flow, format version 1: blocks in order, the first of which to run is `start`. A block leads to `next`
 *  by key, or else falls through to the block after it; past the last block the flow ends as completed.
 *  The schema accepts what can be drawn; what can be published is decided by `validate-flow.ts`. */
import { z } from 'zod';

export const questionKinds = ['text', 'number', 'email', 'phone', 'date'] as const;
export type QuestionKind = (typeof questionKinds)[number];

/** A block's identity. It names the answer in texts too (`{{ answers.email }}`), so it is a word of Liquid. */
export const blockKeySchema = z.string().regex(/^[a-zA-Z][a-zA-Z0-9_]{0,63}$/, 'must be a letter, then letters, digits or _');

/** Where an answer lands: a custom field, or one of the contact's own. An address is filled, never replaced. */
export const fieldTargetSchema = z
  .string()
  .regex(
    /^contact\.(name|email|phone|fields\.[a-z][a-zA-Z0-9_]{0,63})$/,
    'must be contact.name, contact.email, contact.phone or contact.fields.…',
  );

/** What happens when somebody answered `attempts` times and was not understood: a person takes over (they are there
 *  and writing), the step ends as if unanswered, or the flow goes on without this answer. */
export const whenUnclearSchema = z.enum(['handoff', 'noAnswer', 'goOn']);
export type WhenUnclear = z.infer<typeof whenUnclearSchema>;

export const maxOptions = 20;
const textSchema = z.string().max(4_000);
const labelSchema = z.string().max(80);

const nextField = { next: blockKeySchema.optional() };
const askFields = {
  text: textSchema,
  /** Said before asking again; without it, a plain sentence in the contact's language that names the form. */
  retryText: textSchema.optional(),
  saveTo: fieldTargetSchema.optional(),
  attempts: z.number().int().min(1).max(10).default(3),
  whenUnclear: whenUnclearSchema.default('handoff'),
};

export const optionSchema = z.strictObject({ label: labelSchema, ...nextField });
export type Option = z.infer<typeof optionSchema>;

export const blockSchema = z.discriminatedUnion('type', [
  z.strictObject({ key: blockKeySchema, type: z.literal('text'), text: textSchema, ...nextField }),
  z.strictObject({ key: blockKeySchema, type: z.literal('question'), kind: z.enum(questionKinds), ...askFields, ...nextField }),
  z.strictObject({
    key: blockKeySchema,
    type: z.literal('choices'),
    options: z.array(optionSchema).max(maxOptions),
    ...askFields,
    ...nextField,
  }),
  z.strictObject({
    key: blockKeySchema,
    type: z.literal('setField'),
    field: fieldTargetSchema,
    value: z.string().max(1_000),
    ...nextField,
  }),
  z.strictObject({ key: blockKeySchema, type: z.literal('handOff') }),
  z.strictObject({ key: blockKeySchema, type: z.literal('end') }),
]);
export type Block = z.infer<typeof blockSchema>;
export type BlockType = Block['type'];
export type AskingBlock = Extract<Block, { type: 'question' | 'choices' }>;

export const flowSchema = z.strictObject({
  /** Null: the first block. */
  start: blockKeySchema.nullable(),
  blocks: z.array(blockSchema).max(200),
});
export type Flow = z.infer<typeof flowSchema>;

export const emptyFlow: Flow = { start: null, blocks: [] };

export function blockOf(flow: Flow, key: string): Block | null {
  return flow.blocks.find((block) => block.key === key) ?? null;
}

export function startKey(flow: Flow): string | null {
  return flow.start ?? flow.blocks[0]?.key ?? null;
}

/** The key a block leads to when nothing else is said: its `next`, or the block after it; null past the last. */
export function keyAfter(flow: Flow, block: Block): string | null {
  if (block.type === 'handOff' || block.type === 'end') return null;
  if (block.next !== undefined) return block.next;
  return flow.blocks[flow.blocks.indexOf(block) + 1]?.key ?? null;
}

/** Every key a block may lead to: its options' and its own. */
export function keysAfter(flow: Flow, block: Block): string[] {
  const own = keyAfter(flow, block);
  if (block.type !== 'choices') return own === null ? [] : [own];
  const everyOptionLeads = block.options.length > 0 && block.options.every((option) => option.next !== undefined);
  const fallsThrough = !everyOptionLeads || block.whenUnclear === 'goOn';
  const keys = block.options.flatMap((option) => (option.next === undefined ? [] : [option.next]));
  return own !== null && fallsThrough ? [...keys, own] : keys;
}
