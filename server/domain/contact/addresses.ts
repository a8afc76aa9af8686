/** What a contact is found by: its phone, its e-mail, and its id in another system. */
export const addressKinds = ['phone', 'email', 'externalId'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** One for all ways of writing an address, and never that of an address of another kind. */
export function addressKey(kind: AddressKind, value: string): string {
  return `${kind} ${kind === 'email' ? value.toLowerCase() : value}`;
}

/** Of one contact, or of a row that is to become one. */
export type ContactAddresses = Readonly<Record<AddressKind, string | null>>;

/** The keys of what it has. */
export function addressKeys(contact: ContactAddresses): string[] {
  return addressKinds.flatMap((kind) => {
    const value = contact[kind];
    return value === null ? [] : [addressKey(kind, value)];
  });
}

/** Of many, each once, as look-ups take them. E-mail addresses are in lower case. */
export function addressesByKind(all: readonly ContactAddresses[]): { phones: string[]; emails: string[]; externalIds: string[] } {
  return {
    phones: [...new Set(all.flatMap(({ phone }) => phone ?? []))],
    emails: [...new Set(all.flatMap(({ email }) => email?.toLowerCase() ?? []))],
    externalIds: [...new Set(all.flatMap(({ externalId }) => externalId ?? []))],
  };
}
