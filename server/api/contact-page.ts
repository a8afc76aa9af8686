/** One page of a list of contacts, and the cursor to the next. */
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { ContactOrder, ContactPosition } from '#db/queries/contact-order.ts';
import { pageOfIds } from '#db/queries/contact-pages.ts';
import { getContactDefaults, listContactsByIds } from '#db/queries/contacts.ts';
import { type ContactFilter, contactSorts, type ContactSort } from '#server/domain/contact/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { filterCondition } from '#server/use-cases/contacts/filter-condition.ts';
import { contactView } from './contact-view.ts';
import { isCursorInstant, wrongCursor } from './wrong-cursor.ts';

/** Newest first, names from A to Z, last changed first: unless `direction` says otherwise. */
export const orderInput = { sort: z.enum(contactSorts).default('created'), direction: z.enum(['asc', 'desc']).optional() };

interface PageInput {
  readonly cursor?: string | null | undefined;
  readonly limit: number;
  readonly sort: ContactSort;
  readonly direction?: 'asc' | 'desc' | undefined;
}

/** A page may be shorter than `limit`, even empty, and still have a cursor: the search went as far as one page may. */
export async function contactPage(db: Db, workspaceId: WorkspaceId, filter: ContactFilter, { cursor, limit, ...order }: PageInput) {
  const { ids, next } = await pageOfIds(db, workspaceId, await filterCondition(db, workspaceId, filter), {
    order: orderOf(order),
    after: cursor == null ? null : positionOf(cursor, order.sort),
    limit,
  });
  const defaults = await getContactDefaults(db, workspaceId);
  const items = (await listContactsByIds(db, workspaceId, ids)).map((row) => {
    const { notes: _notes, ...shown } = contactView(row, defaults);
    return shown;
  });
  return { items, nextCursor: next && cursorOf(next) };
}

function orderOf({ sort, direction }: Pick<PageInput, 'sort' | 'direction'>): ContactOrder {
  return { sort, descending: (direction ?? (sort === 'name' ? 'asc' : 'desc')) === 'desc' };
}

/** The id alone where it is the order, else with the key behind it. */
function cursorOf({ id, key }: ContactPosition): string {
  return key === '' ? id : `${id}|${key}`;
}

function positionOf(cursor: string, sort: ContactSort): ContactPosition {
  const at = cursor.indexOf('|');
  const id = at < 0 ? cursor : cursor.slice(0, at);
  const key = at < 0 ? '' : cursor.slice(at + 1);
  const fits = sort === 'updated' ? isCursorInstant(key) : (sort === 'name') === (key !== '');
  if (fits && z.uuid().safeParse(id).success) return { id, key };
  throw wrongCursor();
}
