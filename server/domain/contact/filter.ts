/** Which contacts are meant, as a tree of conditions: one language for lists, segments, bulk changes and enrolment. */
import { z } from 'zod';
import { idSchema } from '#server/platform/ids.ts';
import { addressKinds } from '../suppression.ts';
import { instantSchema } from '../time/schema.ts';
import { fieldKeySchema, type FieldKind } from './fields.ts';

const presence = ['isEmpty', 'isNotEmpty'] as const;
export const textOperators = ['is', 'isNot', 'contains', 'notContains', 'startsWith', ...presence] as const;
export const exactOperators = ['is', 'isNot', ...presence] as const;
export const noteOperators = ['contains', 'notContains', ...presence] as const;
export const listOperators = ['isAnyOf', 'isNoneOf', ...presence] as const;
export const tagOperators = ['hasAny', 'hasAll', 'hasNone', ...presence] as const;
export const rangeOperators = ['lessThan', 'atMost', 'moreThan', 'atLeast'] as const;
export const recentOperators = ['inLastDays', 'notInLastDays'] as const;
export const sinceOperators = ['since', 'before'] as const;
export const yesNoOperators = ['is', 'isNot'] as const;
export const consentOperators = ['given', 'notGiven', 'withdrawn', 'notWithdrawn', ...presence] as const;
export const importOperators = ['createdOrUpdated', 'created', 'updated', 'enrolled', 'named', 'notNamed'] as const;

/** What can be asked of a custom field of each kind. Of a date, `lessThan` is before and `moreThan` is after. */
export const fieldOperators = {
  text: [...textOperators, 'isAnyOf', 'isNoneOf'],
  number: ['is', 'isNot', ...rangeOperators, ...presence],
  date: ['is', 'isNot', ...rangeOperators, ...presence],
  boolean: ['is', 'isNot', ...presence],
  choice: ['is', 'isNot', ...listOperators],
} as const satisfies Record<FieldKind, readonly string[]>;
export type FieldOperator = (typeof fieldOperators)[FieldKind][number];
const everyFieldOperator = [...new Set(Object.values(fieldOperators).flat())] as [FieldOperator, ...FieldOperator[]];

/** Members, sequences, tags or values in one condition. */
export const mostNamed = 50;
/** Imports in one condition: each is looked up for every contact that is read. */
export const mostImports = 5;

const text = z.string().trim().min(1).max(200);
const days = z.number().int().min(1).max(3_650);
const channelKind = z.string().max(20);
const ids = z.array(idSchema).min(1).max(mostNamed);

/** One condition. `isNot`, `notContains`, `isNoneOf`, `hasNone`, `notGiven`, `notWithdrawn` and `notNamed` also hold of contacts that have no
 *  value at all. */
const leafSchema = z.discriminatedUnion('on', [
  /** All words, anywhere in name, e-mail, phone (in any written form) and custom fields. */
  z.strictObject({ on: z.literal('search'), value: text }),
  z.strictObject({ on: z.literal('name'), op: z.enum(textOperators), value: text.optional() }),
  z.strictObject({ on: z.literal('email'), op: z.enum(textOperators), value: text.optional() }),
  z.strictObject({ on: z.literal('phone'), op: z.enum(textOperators), value: text.optional() }),
  z.strictObject({ on: z.literal('externalId'), op: z.enum(exactOperators), value: text.optional() }),
  z.strictObject({ on: z.literal('locale'), op: z.enum(exactOperators), value: text.optional() }),
  z.strictObject({ on: z.literal('timeZone'), op: z.enum(exactOperators), value: text.optional() }),
  /** What the team wrote about them: anywhere in it, without case and accents. */
  z.strictObject({ on: z.literal('notes'), op: z.enum(noteOperators), value: text.optional() }),
  z.strictObject({ on: z.literal('owner'), op: z.enum(listOperators), memberIds: ids.optional() }),
  /** By name, without case. */
  z.strictObject({
    on: z.literal('tags'),
    op: z.enum(tagOperators),
    tags: z.array(text.normalize('NFC')).min(1).max(mostNamed).optional(),
  }),
  z.strictObject({
    on: z.literal('field'),
    key: fieldKeySchema,
    op: z.enum(everyFieldOperator),
    value: z.union([text, z.number(), z.boolean()]).optional(),
    values: z.array(text).min(1).max(mostNamed).optional(),
  }),
  /** Has an enrolment that has not ended: in one of these sequences, or in any where none is named. */
  z.strictObject({ on: z.literal('inSequence'), op: z.enum(yesNoOperators), sequenceIds: ids.optional() }),
  z.strictObject({ on: z.literal('replied'), op: z.enum(recentOperators), days }),
  /** Whether a message was accepted for them; test sends do not count. */
  z.strictObject({ on: z.literal('contacted'), op: z.enum(recentOperators), days }),
  z.strictObject({ on: z.literal('created'), op: z.enum(recentOperators), days }),
  z.strictObject({ on: z.literal('createdAt'), op: z.enum(sinceOperators), at: instantSchema }),
  /** What they agreed to, or took back, for that kind of channel, or for any. `isEmpty`: nothing is recorded. One record must fulfil all of
   *  it: where it is written down (a part of that, without case and accents), and since when it holds. */
  z.strictObject({
    on: z.literal('consent'),
    op: z.enum(consentOperators),
    channelKind: channelKind.optional(),
    source: text.optional(),
    since: instantSchema.optional(),
    before: instantSchema.optional(),
    inLastDays: days.optional(),
  }),
  /** What one of these imports did with them. `named`: they are in its file, also where it left them as they were. */
  z.strictObject({ on: z.literal('import'), op: z.enum(importOperators), importIds: z.array(idSchema).min(1).max(mostImports) }),
  /** Of that kind of channel, or of any. */
  z.strictObject({ on: z.literal('optedOut'), op: z.enum(yesNoOperators), channelKind: channelKind.optional() }),
  /** Whether that address of theirs, or any, is on the suppression list. */
  z.strictObject({ on: z.literal('suppressed'), op: z.enum(yesNoOperators), address: z.enum(addressKinds).optional() }),
  z.strictObject({ on: z.literal('segment'), op: z.enum(yesNoOperators), segmentId: idSchema }),
]);
export type ContactLeaf = z.infer<typeof leafSchema>;
export const groupKinds = ['all', 'any', 'none'] as const;
/** Of a group, all conditions must hold, or any, or none. */
export type ContactCondition = ContactLeaf | { on: 'all' | 'any' | 'none'; of: ContactCondition[] };

export const deepestFilter = 5;
export const mostConditions = 60;
/** Of a filter as it is stored, with the segments that it names written out. */
export const deepestStored = 32;
export const mostStoredConditions = 1_000;

/** Bounded by its shape: what is nested deeper does not parse. `least`: conditions of a group. */
function treeSchema({ depth, most, least }: { depth: number; most: number; least: number }): z.ZodType<ContactCondition, ContactCondition> {
  let tree: z.ZodType<ContactCondition, ContactCondition> = leafSchema;
  for (let level = 1; level < depth; level += 1) {
    const group = z.strictObject({ on: z.literal(groupKinds), of: z.array(tree).min(least).max(50) });
    tree = z.discriminatedUnion('on', [leafSchema, group]) as unknown as z.ZodType<ContactCondition, ContactCondition>;
  }
  return tree.superRefine((condition, context) => {
    if (leavesOf(condition).length > most) context.addIssue({ code: 'custom', message: `must not have more than ${most} conditions` });
    const incomplete = leavesOf(condition).find((leaf) => !isComplete(leaf));
    if (incomplete) context.addIssue({ code: 'custom', message: `the condition on ${incomplete.on} needs a value for its operator` });
  });
}

export const contactConditionSchema = treeSchema({ depth: deepestFilter, most: mostConditions, least: 1 });
export const storedConditionSchema = treeSchema({ depth: deepestStored, most: mostStoredConditions, least: 0 });

/** Groups within groups, and the condition inside of them: what stands alone is 1 deep. */
export function depthOf(condition: ContactCondition): number {
  return 'of' in condition ? 1 + Math.max(0, ...condition.of.map(depthOf)) : 1;
}

export function leavesOf(condition: ContactCondition): ContactLeaf[] {
  return 'of' in condition ? condition.of.flatMap(leavesOf) : [condition];
}

/** Whether the condition says what to compare with. */
export function isComplete(leaf: ContactLeaf): boolean {
  if (!('op' in leaf) || leaf.op === 'isEmpty' || leaf.op === 'isNotEmpty') return true;
  switch (leaf.on) {
    case 'name':
    case 'email':
    case 'phone':
    case 'externalId':
    case 'locale':
    case 'timeZone':
    case 'notes':
      return leaf.value !== undefined;
    case 'owner':
      return leaf.memberIds !== undefined;
    case 'tags':
      return leaf.tags !== undefined;
    case 'field':
      return leaf.op === 'isAnyOf' || leaf.op === 'isNoneOf' ? leaf.values !== undefined : leaf.value !== undefined;
    default:
      return true;
  }
}
