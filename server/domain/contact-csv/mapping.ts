/** Which column of a file becomes what of a contact: one target per column, by its place. */
import { z } from 'zod';
import { normalizeEmail } from '../address/email.ts';
import { normalizePhone } from '../address/phone.ts';
import { fieldKeySchema, openFieldKinds } from '../contact/fields.ts';
import { foldedName, plainTargets, targetOfHeader } from './header-names.ts';

export const columnTargetSchema = z.discriminatedUnion('to', [
  z.strictObject({ to: z.enum([...plainTargets, 'ignore']) }),
  z.strictObject({ to: z.literal('field'), key: fieldKeySchema }),
  /** Becomes a custom field that is made when the import starts. */
  z.strictObject({ to: z.literal('newField'), label: z.string().trim().min(1).max(80), kind: z.enum(openFieldKinds).default('text') }),
]);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;

export const mappingSchema = z
  .array(columnTargetSchema)
  .min(1)
  .max(500)
  .superRefine((columns, context) => {
    const seen = new Set<string>();
    columns.forEach((column, index) => {
      const name = targetName(column);
      if (name === null) return;
      if (seen.has(name)) context.addIssue({ code: 'custom', path: [index], message: `two columns go to ${name}; choose one` });
      seen.add(name);
    });
  });
export type Mapping = z.infer<typeof mappingSchema>;

/** What two columns may not share; null for what any number of columns may go to. */
function targetName(column: ColumnTarget): string | null {
  if (column.to === 'field') return `field ${column.key}`;
  if (column.to === 'newField') return `new field ${foldedName(column.label)}`;
  return column.to === 'ignore' || column.to === 'tags' ? null : column.to;
}

/** A mapping to begin with, from the names of the columns, then from what stands in them.
 *  `rows`: some rows below the header. A named column that fits nothing known becomes a new field. */
export function suggestMapping(
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  facts: { fields: readonly { key: string; label: string }[]; country: string },
): Mapping {
  const width = Math.max(header?.length ?? 0, ...rows.map((row) => row.length), 1);
  const taken = new Set<string>();
  const claim = (target: ColumnTarget): ColumnTarget | null => {
    const name = targetName(target);
    if (name !== null && taken.has(name)) return null;
    if (name !== null) taken.add(name);
    return target;
  };
  const columns = Array.from({ length: width }, (_, index): ColumnTarget | null => {
    const name = header?.[index] ?? '';
    const known = targetOfHeader(name);
    if (known) return claim({ to: known });
    const field = facts.fields.find((candidate) => [candidate.key, candidate.label].some((text) => foldedName(text) === foldedName(name)));
    return field && foldedName(name) !== '' ? claim({ to: 'field', key: field.key }) : null;
  });
  return columns.map((column, index): ColumnTarget => {
    if (column) return column;
    const cells = rows.map((row) => row[index]?.trim() ?? '').filter(Boolean);
    if (mostly(cells, (cell) => normalizeEmail(cell).ok)) return claim({ to: 'email' }) ?? asNewField(index, cells);
    if (mostly(cells, (cell) => normalizePhone(cell, facts.country).ok)) return claim({ to: 'phone' }) ?? asNewField(index, cells);
    return asNewField(index, cells);
  });

  function asNewField(index: number, cells: readonly string[]): ColumnTarget {
    const label = header?.[index]?.trim().slice(0, 80) ?? '';
    if (label === '' || cells.length === 0) return { to: 'ignore' };
    return claim({ to: 'newField', label, kind: 'text' }) ?? { to: 'ignore' };
  }
}

function mostly(cells: readonly string[], holds: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(holds).length >= cells.length * 0.6;
}
