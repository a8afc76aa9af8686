/** The columns of contacts that files, programs and members write, for statements that write many contacts. */
import type { ContactColumns } from '#server/domain/contact/columns.ts';

type WrittenContact = Readonly<ContactColumns>;

/** For `rowSet`. */
export const contactColumns = {
  name: ['text', (contact: WrittenContact) => contact.name],
  phone: ['text', (contact: WrittenContact) => contact.phone],
  email: ['text', (contact: WrittenContact) => contact.email],
  external_id: ['text', (contact: WrittenContact) => contact.externalId],
  locale: ['text', (contact: WrittenContact) => contact.locale],
  time_zone: ['text', (contact: WrittenContact) => contact.timeZone],
  time_zone_origin: ['text', (contact: WrittenContact) => contact.timeZoneOrigin],
  fields: ['jsonb', (contact: WrittenContact) => JSON.stringify(contact.fields)],
  notes: ['text', (contact: WrittenContact) => contact.notes],
  owner_id: ['uuid', (contact: WrittenContact) => contact.ownerId],
} as const;
