/** Addresses that must never be contacted: how one is told from another. */
import { normalizeEmail } from './address/email.ts';
import { normalizePhone } from './address/phone.ts';

export const suppressionReasons = ['manual', 'imported', 'complaint', 'bounced', 'erased'] as const;
export type SuppressionReason = (typeof suppressionReasons)[number];

export const addressKinds = ['phone', 'email'] as const;

export interface SuppressibleAddress {
  readonly kind: (typeof addressKinds)[number];
  /** E.164, or an e-mail address in lower case. */
  readonly address: string;
}

/** The address as it is compared; `address` is one that is stored: E.164 or an e-mail address. */
export function suppressible(address: string): SuppressibleAddress {
  return address.includes('@') ? { kind: 'email', address: address.toLowerCase() } : { kind: 'phone', address };
}

/** What somebody wrote, if it is an address at all. `country`: of phones without a +. */
export function readSuppressible(text: string, country: string): SuppressibleAddress | null {
  const email = text.includes('@') ? normalizeEmail(text) : null;
  if (email) return email.ok ? suppressible(email.email) : null;
  const phone = normalizePhone(text, country);
  return phone.ok ? suppressible(phone.phone) : null;
}
