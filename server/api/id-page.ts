/** Keyset pages of lists that are ordered by id: the cursor is the id of the last row seen. */
import { DomainError } from '#server/platform/errors.ts';
import { idSchema } from '#server/platform/ids.ts';

/** Reads one row more than asked for, to know whether there is a next page. A cursor that is no id is `invalid`. */
export async function idPage<Row extends { id: string }>(
  input: { cursor?: string | null | undefined; limit?: number | undefined } | undefined,
  read: (page: { after: string | null; limit: number }) => Promise<Row[]>,
): Promise<{ items: Row[]; nextCursor: string | null }> {
  const after = input?.cursor ?? null;
  if (after !== null && !idSchema.safeParse(after).success) {
    throw new DomainError('invalid', 'The cursor is not one that this list gave. Start from the first page.', { field: 'cursor' });
  }
  const limit = input?.limit ?? 50;
  const rows = await read({ after, limit: limit + 1 });
  const items = rows.slice(0, limit);
  return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
}
