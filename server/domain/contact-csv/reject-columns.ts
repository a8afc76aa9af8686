/** The columns of a list of refused rows: such that our import maps them as it mapped those of the source. */
import { type ExportedField, fieldHeader } from './export-columns.ts';
import { foldedName, type PlainTarget, targetOfHeader } from './header-names.ts';
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

/** Places of line and reason in such a list that comes back mended, whatever columns of such names became elsewhere (`remembered`, by folded
 *  name). Not in a source that has such columns of its own, as far as an earlier import has told. */
export function ownColumns(header: readonly string[] | null, remembered?: { has(name: string): boolean }): ReadonlySet<number> {
  const [line = '', reason = '', ...others] = header?.map(foldedName) ?? [];
  const isNamedSo = /^(?:linha|line)$/.test(line) && /^(?:motivo|reason)$/.test(reason);
  return new Set(isNamedSo && (!remembered?.has(line) || others.includes(line)) ? [0, 1] : []);
}

/** An import that was started, as a list of its refused rows may be known. */
export interface ListSource {
  readonly id: string;
  readonly fileName: string;
  readonly header: readonly string[] | null;
  readonly mapping: Mapping;
}

/** The import whose refused rows a file with these columns brings back: one that the name of the file names, else the first of `sources`. */
export function sourceOfList<Source extends ListSource>(
  list: { readonly header: readonly string[] | null; readonly fileName: string },
  sources: readonly Source[],
): Source | null {
  if (list.header === null || ownColumns(list.header).size === 0) return null;
  const wanted = folded(list.header.slice(2));
  const found = sources.filter(
    ({ header, mapping }) => header !== null && folded(rejectColumns(header, mapping, noWords).names) === wanted,
  );
  const isNamed = ({ fileName }: Source): boolean => foldedName(list.fileName).includes(foldedName(fileName.replace(/\.[^.]*$/, '')));
  return found.find(isNamed) ?? found[0] ?? null;
}

/** What columns without names are called does not matter here. */
const noWords = { fields: [], target: () => '' };

/** Spreadsheets may leave blank columns at the end. */
function folded(names: readonly string[]): string {
  return names.map(foldedName).join(' ').trim();
}
