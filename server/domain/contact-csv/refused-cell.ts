/** The cell for which a row is refused, as people find it in their file. */
import type { FieldKind } from '../contact/fields.ts';
import type { PlainTarget } from './header-names.ts';
import type { Mapping } from './mapping.ts';

export interface RefusedCell {
  /** Place of the column, from 0. */
  readonly index: number;
  /** What the file calls it; null where it does not. */
  readonly name: string | null;
  /** In its beginning. */
  readonly value: string;
  /** Of the custom field that the column goes to; null when it goes to none. */
  readonly kind: FieldKind | null;
}

const shownChars = 60;

/** Reasons that come of comparing a row with contacts are of the column that was compared. */
const compared: Readonly<Record<string, PlainTarget>> = {
  phoneTaken: 'phone',
  emailTaken: 'email',
  externalIdTaken: 'externalId',
  externalIdDiffers: 'externalId',
};

export interface RefusedCellFacts {
  readonly header: readonly string[] | null;
  readonly mapping: Mapping;
  /** Of the custom fields, by key. */
  readonly kinds: ReadonlyMap<string, FieldKind>;
}

/** `column`: the place that the reading gave, when it was a cell's fault. Null where the row as a whole is refused. */
export function refusedCell(
  { column, reason, cells }: { readonly column: number | null; readonly reason: string | null; readonly cells: readonly string[] },
  { header, mapping, kinds }: RefusedCellFacts,
): RefusedCell | null {
  const target = compared[reason ?? ''];
  const index = column ?? (target ? mapping.findIndex(({ to }) => to === target) : -1);
  if (index === -1) return null;
  const cell = cells[index]?.trim() ?? '';
  const to = mapping[index];
  return {
    index,
    name: header?.[index]?.trim() || null,
    value: cell.length > shownChars ? `${cell.slice(0, shownChars)}…` : cell,
    kind: to?.to === 'field' ? (kinds.get(to.key) ?? null) : to?.to === 'newField' ? to.kind : null,
  };
}
