/** A contact as it stands in the form: text in every field, empty where nothing is given. */
import type { FieldValue } from '#server/domain/contact/fields.ts';

export interface ContactDraft {
  name: string;
  phone: string;
  email: string;
  /** Empty: automatic. */
  timeZone: string;
  locale: string;
  tags: string[];
  /** By key; booleans as `true` and `false`. */
  fields: Record<string, string>;
  notes: string;
  /** Empty: nobody. */
  ownerId: string;
}

interface KnownContact {
  name: string | null;
  phone: string | null;
  email: string | null;
  timeZone: string;
  timeZoneOrigin: string;
  locale: string | null;
  tags: string[];
  fields: Record<string, FieldValue>;
  notes: string | null;
  ownerId: string | null;
}

export function draftOf(contact: KnownContact | null): ContactDraft {
  return {
    name: contact?.name ?? '',
    phone: contact?.phone ?? '',
    email: contact?.email ?? '',
    timeZone: contact?.timeZoneOrigin === 'set' ? contact.timeZone : '',
    locale: contact?.locale ?? '',
    tags: [...(contact?.tags ?? [])],
    fields: Object.fromEntries(Object.entries(contact?.fields ?? {}).map(([key, value]) => [key, String(value)])),
    notes: contact?.notes ?? '',
    ownerId: contact?.ownerId ?? '',
  };
}

/** What to send: empty is null, which clears. Only fields that differ from `before` are named. */
export function inputOf(draft: ContactDraft, before: KnownContact | null) {
  const known = before?.fields ?? {};
  const fields: Record<string, string | boolean | null> = {};
  for (const [key, text] of Object.entries(draft.fields)) {
    if (text.trim() === (key in known ? String(known[key]) : '')) continue;
    fields[key] = text.trim() === '' ? null : text.trim();
  }
  return {
    name: draft.name.trim() || null,
    phone: draft.phone.trim() || null,
    email: draft.email.trim() || null,
    timeZone: draft.timeZone || null,
    locale: draft.locale || null,
    tags: draft.tags,
    fields,
    notes: draft.notes.trim() || null,
    ownerId: draft.ownerId || null,
  };
}
