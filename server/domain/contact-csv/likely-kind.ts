/** The kind of field that all values of a column fit, where that says something: single digits may be anything. */
import { parseFieldValue } from '../contact/fields.ts';

export function likelyKind(values: readonly string[]): 'date' | 'boolean' | null {
  if (values.every((value) => /^\d$/.test(value))) return null;
  return (['date', 'boolean'] as const).find((kind) => values.every((value) => parseFieldValue(kind, value) !== undefined)) ?? null;
}
