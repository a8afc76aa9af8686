/** Text that no database keeps: zero characters, and halves of characters that take two units (lone surrogates). */
import { DomainError } from '#server/platform/errors.ts';

/** Throws `invalid`, with the place in `details.field`, where such text stands in a value or a name. `input`: parsed JSON, however deep. */
export function checkStorableText(input: unknown): void {
  const left: { readonly value: unknown; readonly path: string }[] = [{ value: input, path: '' }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') {
      if (!isStorable(value)) throw unstorable(path);
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        if (!isStorable(key)) throw unstorable(path);
        left.push({ value: inner, path: path === '' ? key : `${path}.${key}` });
      }
    }
  }
}

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && text.isWellFormed();
}

function unstorable(path: string): DomainError {
  return new DomainError('invalid', `Text cannot hold zero characters or halves of characters. Look at "${path}".`, { field: path });
}
