/** The columns of a list of refused rows: such that our import maps them as it mapped those of the source. */
import { type ExportedField, fieldHeader } from './export-columns.ts';
import { type PlainTarget, targetOfHeader } from './header-names.ts';
import type { Mapping } from './mapping.ts';

export interface RejectColumns {
  readonly names: readonly string[];
  /** Of the cells of a row, those that belong there, and any beyond them. */
  of(cells: readonly string[]): string[];
}

/** Line and reason of a source that is such a list itself are left out: new ones take their place. Columns without names are called after
 *  what they became. */
export function rejectColumns(
  header: readonly string[] | null,
  mapping: Mapping,
  words: { readonly fields: readonly ExportedField[]; readonly target: (target: PlainTarget) => string },
): RejectColumns {
  const told = [0, 1].filter((at) => mapping[at]?.to === 'ignore' && targetOfHeader(header?.[at] ?? '') === 'ignore');
  const own = told.length === 2 ? told : [];
  const isKept = (_: unknown, at: number): boolean => !own.includes(at);
  const nameOf = (target: Mapping[number]): string => {
    if (target.to === 'ignore' || target.to === 'newField') return '';
    if (target.to !== 'field') return words.target(target.to);
    const field = words.fields.find(({ key }) => key === target.key);
    return field ? fieldHeader(field, words.fields) : '';
  };
  return { names: (header ?? mapping.map(nameOf)).filter(isKept), of: (cells) => cells.filter(isKept) };
}
