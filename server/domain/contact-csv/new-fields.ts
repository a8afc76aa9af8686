/** The custom fields that a mapping asks for, before they are made and when they are. */
import { type FieldKind, fieldKeyFrom } from '../contact/fields.ts';
import type { ColumnTarget, Mapping } from './mapping.ts';

/** A mapping whose columns all go to what has a name. */
export type SettledMapping = readonly Exclude<ColumnTarget, { to: 'newField' }>[];

export interface NewField {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  /** Of a choice, what there is to choose from; null of any other kind. */
  readonly options: readonly string[] | null;
}

/** `mapping` with each new field led to the field of that label, where there is one, else to one of `made`, whose key nobody has yet. */
export function settleNewFields(
  mapping: Mapping,
  fields: readonly Pick<NewField, 'key' | 'label'>[],
): { mapping: SettledMapping; made: readonly NewField[] } {
  const made: NewField[] = [];
  const settled = mapping.map((column): SettledMapping[number] => {
    if (column.to !== 'newField') return column;
    const { label, kind, options = null } = column;
    const known = [...fields, ...made];
    const same = known.find((field) => field.label.toLowerCase() === label.toLowerCase());
    if (same) return { to: 'field', key: same.key };
    const key = freeKey(label, new Set(known.map((field) => field.key)));
    made.push({ key, label, kind, options });
    return { to: 'field', key };
  });
  return { mapping: settled, made };
}

function freeKey(label: string, taken: ReadonlySet<string>): string {
  const base = fieldKeyFrom(label).slice(0, 58);
  for (let n = 1; ; n += 1) {
    const key = n === 1 ? base : `${base}${n}`;
    if (!taken.has(key)) return key;
  }
}
