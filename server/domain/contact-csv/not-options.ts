/** Cells of a column that is to be a choice, and that are none of its options. */
import { foldedOption, parseFieldValue } from '../contact/fields.ts';
import type { RowFacts } from './row-contact.ts';
import { cellText } from './row-cells.ts';

export interface NotOptions {
  /** How many rows have such a cell. */
  readonly rows: number;
  /** The first different ones of them, each in its first spelling. */
  readonly values: readonly string[];
}

const mostValues = 50;

/** By column; null where a column goes to no choice, or all that stands in it is among the options. */
export function notOptions(
  rows: readonly { readonly cells: readonly string[] }[],
  { mapping, fieldKinds, fieldOptions }: Pick<RowFacts, 'mapping' | 'fieldKinds' | 'fieldOptions'>,
): (NotOptions | null)[] {
  return mapping.map((target, column) => {
    if (target.to !== 'field' || fieldKinds.get(target.key) !== 'choice') return null;
    const options = fieldOptions.get(target.key);
    /** Whether a text is an option: looked up once for all cells that have it. */
    const seen = new Map<string, boolean>();
    const others = new Map<string, string>();
    let count = 0;
    for (const { cells } of rows) {
      const text = cellText((cells[column] ?? '').trim());
      if (text === '') continue;
      const isOption = seen.get(text) ?? parseFieldValue('choice', text, options) !== undefined;
      seen.set(text, isOption);
      if (isOption) continue;
      count += 1;
      if (others.size < mostValues && !others.has(foldedOption(text))) others.set(foldedOption(text), text);
    }
    return count === 0 ? null : { rows: count, values: [...others.values()] };
  });
}
