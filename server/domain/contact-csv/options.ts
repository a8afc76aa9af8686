/** What an import does with the rows that it understands. */
import { z } from 'zod';
import { tagNameSchema } from '../contact/schema.ts';

export const importOptionsSchema = z.strictObject({
  /** By which address a row is the same person as a contact: either, the phone first, unless one is chosen. */
  identity: z.enum(['either', 'phone', 'email']).default('either'),
  /** A person who is a contact already: filled cells overwrite (blank ones keep), or nothing is touched. */
  onExisting: z.enum(['update', 'skip']).default('update'),
  onNew: z.enum(['create', 'skip']).default('create'),
  /** Given to every contact that the import made or found, unless skipped. */
  tags: z.array(tagNameSchema).max(20).default([]),
  /** The same contacts are enrolled here, each chunk in the transaction that wrote it. */
  sequenceId: z.uuid().nullable().default(null),
});
export type ImportOptions = z.infer<typeof importOptionsSchema>;

export const rowOutcomes = ['created', 'updated', 'unchanged', 'merged', 'skipped', 'rejected'] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** Counts of an import so far. `reasons`: rejected and skipped rows by cause. `notEnrolled`: by reason of refusal. */
export interface ImportCounts extends Record<RowOutcome, number> {
  readonly rows: number;
  readonly ninthDigitAdded: number;
  readonly enrolled: number;
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
  reasons: {},
  notEnrolled: {},
};
