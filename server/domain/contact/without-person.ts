/** What stands where a person was. */
export const erasedMark = '[erased]';

/** `value` (text, or anything that is JSON) with every place that `pattern` finds marked as erased; a number that is the
 *  person becomes null. Keys of objects are looked at too. */
export function withoutPerson(value: unknown, pattern: string): unknown {
  const found = new RegExp(pattern, 'gi');
  const clean = (one: unknown): unknown => {
    if (typeof one === 'string') return one.replace(found, erasedMark);
    if (typeof one === 'number') return String(one).search(found) === -1 ? one : null;
    if (Array.isArray(one)) return one.map(clean);
    if (one === null || typeof one !== 'object') return one;
    return Object.fromEntries(Object.entries(one).map(([key, inner]) => [key.replace(found, erasedMark), clean(inner)]));
  };
  return clean(value);
}
