/** What a contact is found by: its phone, its e-mail, and its id in another system. */
export const addressKinds = ['phone', 'email', 'externalId'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** One for all ways of writing an address, and never that of an address of another kind. */
export function addressKey(kind: AddressKind, value: string): string {
  return `${kind} ${comparable(kind, value)}`;
}

/** One for all ways of writing an address of the kind. */
export function comparable(kind: AddressKind, value: string): string {
  return kind === 'email' ? value.toLowerCase() : value;
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

/** Of many, by kind, each once and in the form that is compared: e-mail addresses in lower case. */
export type AddressSets = Readonly<Record<AddressKind, ReadonlySet<string>>>;

export function addressSets(all: readonly ContactAddresses[]): AddressSets {
  const sets = { phone: new Set<string>(), email: new Set<string>(), externalId: new Set<string>() };
  for (const { phone, email, externalId } of all) {
    if (phone !== null) sets.phone.add(phone);
    if (email !== null) sets.email.add(email.toLowerCase());
    if (externalId !== null) sets.externalId.add(externalId);
  }
  return sets;
}

/** The same as look-ups take them. */
export function addressesByKind(all: readonly ContactAddresses[]): { phones: string[]; emails: string[]; externalIds: string[] } {
  return addressLists(addressSets(all));
}

export function addressLists({ phone, email, externalId }: AddressSets): { phones: string[]; emails: string[]; externalIds: string[] } {
  return { phones: [...phone], emails: [...email], externalIds: [...externalId] };
}
