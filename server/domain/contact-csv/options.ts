/** What an import does with the rows that it understands. */
import { z } from 'zod';
import { tagNameSchema } from '../contact/schema.ts';
import { plannedInstantSchema } from '../time/schema.ts';

/** Of a key of an enrolment, in characters. */
export const longestKey = 200;

export const importOptionsSchema = z.strictObject({
  /** By what a row is the same person as a contact: any of them (the external id first, then the phone, then the e-mail), unless
   *  one is chosen. */
  identity: z.enum(['either', 'phone', 'email', 'externalId']).default('either'),
  /** A person who is a contact already: filled cells overwrite, or nothing is touched. */
  onExisting: z.enum(['update', 'skip']).default('update'),
  /** What a blank cell in a column that is imported does to such a person: nothing, or it clears. Phone and e-mail are never both
   *  cleared. */
  blank: z.enum(['keep', 'clear']).default('keep'),
  onNew: z.enum(['create', 'skip']).default('create'),
  /** Given to every contact that the import made or found, unless skipped. */
  tags: z.array(tagNameSchema).max(20).default([]),
  /** The same contacts are enrolled here, each chunk in the transaction that wrote it. */
  sequenceId: z.uuid().nullable().default(null),
  /** When their runs start; as each is written, when null. */
  startAt: plannedInstantSchema.nullable().default(null),
  /** Distinguishes parallel runs of one contact; a column `enrolmentKey` gives every row its own instead. */
  key: z.string().trim().max(longestKey).default(''),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const rowOutcomes = ['created', 'updated', 'unchanged', 'merged', 'skipped', 'rejected'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** Counts of an import so far. `reasons`: rejected and skipped rows by cause. `notEnrolled`: by reason of refusal. */
export interface ImportCounts extends Record<RowOutcome, number> {
  readonly rows: number;
  readonly ninthDigitAdded: number;
  readonly enrolled: number;
  /** Rows that say that somebody opted out. */
  readonly optOutRows: number;
  /** … by which somebody refuses who did not before. */
  readonly optOutsRecorded: number;
  /** … that are refused, or left aside, and name nobody who is known for certain. The other rows are of people who refused before. */
  readonly optOutsNotRecorded: number;
  readonly reasons: Record<string, number>;
  readonly notEnrolled: Record<string, number>;
}

export const noCounts: ImportCounts = {
  rows: 0,
  created: 0,
  updated: 0,
  unchanged: 0,
  merged: 0,
  skipped: 0,
  rejected: 0,
  ninthDigitAdded: 0,
  enrolled: 0,
  optOutRows: 0,
  optOutsRecorded: 0,
  optOutsNotRecorded: 0,
  reasons: {},
  notEnrolled: {},
};

/** What an import would do. `alreadyEnrolled`: people whom the sequence has, or whom this file has enrolled there before.
 *  `optedOut`: people who have refused a channel, whether or not they are enrolled. */
export interface DryRunCounts {
  readonly counts: ImportCounts;
  readonly alreadyEnrolled: number;
  readonly optedOut: number;
}
