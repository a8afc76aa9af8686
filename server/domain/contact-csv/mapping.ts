/** Which column of a file becomes what of a contact: one target per column, by its place. */
import { z } from 'zod';
import { normalizeEmail } from '../address/email.ts';
import { normalizePhone } from '../address/phone.ts';
import { fieldKeySchema, fieldKinds, parseFieldValue } from '../contact/fields.ts';
import { optionsSchema } from '../contact/schema.ts';
import { unguardedCell } from './guarded-cell.ts';
import {
  fieldOfHeader,
  foldedName,
  isShortName,
  isVagueCode,
  type PlainTarget,
  plainTargets,
  sharedTargets,
  targetOfHeader,
  targetsOfHeader,
} from './header-names.ts';
import { likelyKind } from './likely-kind.ts';
import { acceptanceFrom } from './refusals.ts';
import { ownColumns } from './reject-columns.ts';

const plainTarget = z.strictObject({ to: z.enum([...plainTargets, 'ignore']) });
const fieldTarget = z.strictObject({ to: z.literal('field'), key: fieldKeySchema });
/** Becomes a custom field that is made when the import starts. */
const newFieldTarget = z.strictObject({
  to: z.literal('newField'),
  label: z.string().trim().min(1).max(80),
  kind: z.enum(fieldKinds).default('text'),
  options: optionsSchema.optional(),
});

export const columnTargetSchema = z.discriminatedUnion('to', [
  plainTarget,
  fieldTarget,
  newFieldTarget.refine(
    ({ kind, options }) => (kind === 'choice') === (options !== undefined),
    'give `options` with the kind choice, and only then',
  ),
]);
export type ColumnTarget = z.infer<typeof columnTargetSchema>;

/** Of a file. */
export const mostColumns = 500;

export const mappingSchema = z
  .array(columnTargetSchema)
  .min(1)
  .max(mostColumns)
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

/** As far as somebody has come: two columns may still go to one place, and a choice may have no options yet. */
export const unfinishedMappingSchema = z
  .array(
    z.discriminatedUnion('to', [
      plainTarget,
      fieldTarget,
      newFieldTarget.extend({ options: z.array(z.string().max(120)).max(200).optional() }),
    ]),
  )
  .min(1)
  .max(500);

/** What two columns may not share; null for what any number of columns may go to. */
function targetName(column: ColumnTarget): string | null {
  if (column.to === 'field') return `field ${column.key}`;
  if (column.to === 'newField') return `new field ${foldedName(column.label)}`;
  return sharedTargets.has(column.to) ? null : column.to;
}

/** A mapping to begin with: what columns of these names became before, then what their names say, then from what stands in them.
 *  `rows`: some rows below the header. A named column that fits nothing known becomes a new field. */
export function suggestMapping(
  header: readonly string[] | null,
  rows: readonly (readonly string[])[],
  facts: {
    fields: readonly { key: string; label: string }[];
    country: string;
    /** What columns of such a name became in earlier imports, by folded name. */
    remembered?: ReadonlyMap<string, ColumnTarget>;
  },
): Mapping {
  const width = widthOf(header, rows);
  const taken = new Set<string>();
  const claim = (target: ColumnTarget): ColumnTarget | null => {
    const name = targetName(target);
    if (name !== null && taken.has(name)) return null;
    if (name !== null) taken.add(name);
    return target;
  };
  const means = (target: PlainTarget): boolean =>
    header?.some((name) => (facts.remembered?.get(foldedName(name))?.to ?? targetOfHeader(name)) === target) ?? false;
  const own = ownColumns(header, facts.remembered);
  const inTwo = means('lastName') && !means('firstName');
  const columns = Array.from({ length: width }, (_, index): ColumnTarget | null => {
    const name = header?.[index] ?? '';
    if (own.has(index)) return { to: 'ignore' };
    if (inTwo && isShortName(name) && !taken.has('firstName')) return claim({ to: 'firstName' });
    const exported = facts.fields.find(({ key }) => key === fieldOfHeader(name));
    if (exported) return claim({ to: 'field', key: exported.key });
    const before = facts.remembered?.get(foldedName(name));
    const again = before && claim(before);
    if (again) return again;
    const known = targetsOfHeader(name).find((target) => fits(target, rows, index));
    if (known && !(isVagueCode(name) && repeats(rows, index))) return claim({ to: known });
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
    return claim({ to: 'newField', label, kind: likelyKind(cells) ?? 'text' }) ?? { to: 'ignore' };
  }
}

/** How many columns there are. Below names, cells that only few rows have are no columns: something is wrong with those rows. */
function widthOf(header: readonly string[] | null, rows: readonly (readonly string[])[]): number {
  if (header === null) return Math.max(...rows.map((row) => row.length), 1);
  const filled = rows.map((row) => row.findLastIndex((cell) => cell.trim() !== '') + 1);
  const wide = filled.filter((width) => width > header.length);
  return wide.length * 2 > rows.length ? Math.max(...wide) : Math.max(header.length, 1);
}

/** How sure a suggested target is: it was so before; its name says so; its values look so; nothing speaks for it. */
export type Confidence = 'remembered' | 'name' | 'values' | 'none';

export function confidenceOf(target: ColumnTarget, name: string, facts: Parameters<typeof suggestMapping>[2]): Confidence {
  const before = facts.remembered?.get(foldedName(name));
  if (before && targetName(before) === targetName(target) && before.to === target.to) return 'remembered';
  const named: readonly string[] = targetsOfHeader(name);
  if (target.to === 'newField' || (target.to === 'ignore' && !named.includes('ignore'))) return 'none';
  if (isVagueCode(name)) return target.to === 'field' ? 'name' : 'values';
  if (named.includes(target.to) || (target.to === 'firstName' && isShortName(name))) return 'name';
  return target.to === 'field' ? 'name' : 'values';
}

/** What the columns of earlier imports became, by folded name; `imports`: newest first. Fields that are gone are left out. */
export function rememberedTargets(
  imports: readonly { readonly header: readonly string[] | null; readonly mapping: Mapping }[],
  fieldKeys: ReadonlySet<string>,
): Map<string, ColumnTarget> {
  const remembered = new Map<string, ColumnTarget>();
  for (const { header, mapping } of imports) {
    const own = ownColumns(header);
    header?.forEach((name, index) => {
      const folded = foldedName(name);
      const target = mapping[index];
      if (folded === '' || !target || target.to === 'newField' || remembered.has(folded)) return;
      // Of columns that we added, the names say nothing about other files.
      if (target.to === 'ignore' && own.has(index)) return;
      if (target.to !== 'field' || fieldKeys.has(target.key)) remembered.set(folded, target);
    });
  }
  return remembered;
}

/** Columns whose name alone says too little: a wrong guess would refuse every row. */
const shapes: Partial<Record<PlainTarget | 'ignore', (cell: string) => boolean>> = {
  owner: (cell) => normalizeEmail(cell).ok,
  optedOut: (cell) => parseFieldValue('boolean', cell) !== undefined || /^[a-z]+(\s*[,;|]\s*[a-z]+)*$/.test(cell),
  acceptsMessages: (cell) => acceptanceFrom(cell) !== undefined,
  consents: (cell) => /^\S+ (given|withdrawn) \d{4}-/.test(cell),
};

function fits(target: PlainTarget | 'ignore', rows: readonly (readonly string[])[], index: number): boolean {
  const shape = shapes[target];
  const cells = rows.map((row) => unguardedCell(row[index]?.trim() ?? '')).filter(Boolean);
  return !shape || cells.length === 0 || mostly(cells, shape);
}

function repeats(rows: readonly (readonly string[])[], index: number): boolean {
  const cells = rows.map((row) => row[index]?.trim() ?? '').filter(Boolean);
  return new Set(cells).size < cells.length;
}

function mostly(cells: readonly string[], holds: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(holds).length >= cells.length * 0.6;
}
