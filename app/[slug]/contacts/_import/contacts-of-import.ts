/** The address of the list of contacts, filtered by what an import did with them. */
import type { importOperators } from '#server/domain/contact/filter.ts';
import { addressOf } from '../_list/list-filter.ts';

export function contactsOfImport(slug: string, importId: string, op: (typeof importOperators)[number]): string {
  return addressOf(`/${slug}/contacts`, { filter: { where: { on: 'import', op, importIds: [importId] } }, sort: 'created' });
}
