/** What a column may become, as the choices of a list name it. */
import { plainTargets } from '#server/domain/contact-csv/header-names.ts';
import type { Mapping } from './choices.ts';

export type ColumnTarget = Mapping[number];

export function valueOf(target: ColumnTarget | undefined): string {
  if (!target) return 'ignore';
  return target.to === 'field' ? `field:${target.key}` : target.to;
}

/** `label`: what a new field is called. */
export function targetOf(chosen: string, label: string): ColumnTarget {
  if (chosen === 'newField') return { to: 'newField', label, kind: 'text' };
  if (chosen.startsWith('field:')) return { to: 'field', key: chosen.slice('field:'.length) };
  return { to: plainTargets.find((target) => target === chosen) ?? 'ignore' };
}

/** Whether a column still becomes what was suggested for it. */
export function isSameTarget(target: ColumnTarget, suggested: ColumnTarget | undefined): boolean {
  if (target.to !== 'newField' || suggested?.to !== 'newField') return valueOf(target) === valueOf(suggested);
  const optionsOf = ({ options = [] }: typeof target) => options.join('\n');
  return target.label === suggested.label && target.kind === suggested.kind && optionsOf(target) === optionsOf(suggested);
}

/** The different values of a column in the rows that are shown. */
export function distinctValues(rows: readonly { readonly cells: readonly string[] }[], index: number): string[] {
  const found = new Map<string, string>();
  for (const { cells } of rows) {
    const value = cells[index]?.trim() ?? '';
    if (value !== '' && !found.has(value.toLowerCase())) found.set(value.toLowerCase(), value);
  }
  return [...found.values()];
}

const mostOptions = 12;

/** Values that may be options; none where they are too many for that, or too long. */
export function likelyOptions(values: readonly string[]): readonly string[] {
  return values.length > mostOptions || values.some((value) => value.length > 60) ? [] : values;
}

const longestOption = 120;
const mostOfAll = 200;

/** `options` with those of `values` that may be options too; null where none may, or they would be too many. */
export function addedOptions(options: readonly string[], values: readonly string[]): string[] | null {
  const known = new Set(options.map((option) => option.toLowerCase()));
  const fresh = values.filter((value) => value.length <= longestOption && !known.has(value.toLowerCase()));
  return fresh.length === 0 || options.length + fresh.length > mostOfAll ? null : [...options, ...fresh];
}
