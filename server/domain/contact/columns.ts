/** The columns of a contact that files, programs and members write. */
import type { FieldValue } from './fields.ts';

export interface ContactColumns {
  name: string | null;
  phone: string | null;
  email: string | null;
  externalId: string | null;
  locale: string | null;
  timeZone: string | null;
  /** Of the zone that is stored; null when none is. */
  timeZoneOrigin: 'set' | 'phone' | null;
  fields: Record<string, FieldValue>;
  notes: string | null;
  ownerId: string | null;
}
