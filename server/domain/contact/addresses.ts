/** What a contact is found by: its phone, its e-mail, and its id in another system. */
export const addressKinds = ['phone', 'email', 'externalId'] as const;
export type AddressKind = (typeof addressKinds)[number];

/** One for all ways of writing an address, and never that of an address of another kind. */
export function addressKey(kind: AddressKind, value: string): string {
  return `${kind} ${kind === 'email' ? value.toLowerCase() : value}`;
}

/** The keys of what it has. */
export function addressKeys(contact: Readonly<Record<AddressKind, string | null>>): string[] {
  return addressKinds.flatMap((kind) => {
    const value = contact[kind];
    return value === null ? [] : [addressKey(kind, value)];
  });
}
