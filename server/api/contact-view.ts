/** A contact as the API shows it: instants as ISO text, the zone resolved with its origin. */
import type { ContactDefaults, ContactRow } from '#db/queries/contacts.ts';

export function contactView(row: ContactRow, defaults: ContactDefaults) {
  return {
    id: row.id,
    name: row.name,
    phone: row.phone,
    email: row.email,
    externalId: row.externalId,
    locale: row.locale,
    timeZone: row.timeZone ?? defaults.timeZone,
    timeZoneOrigin: row.timeZoneOrigin ?? ('workspace' as const),
    fields: row.fields,
    tags: row.tags,
    ownerId: row.ownerId,
    notes: row.notes,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}
