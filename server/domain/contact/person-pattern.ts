/** How a person is found in free text and JSON: one regular expression over the phone in every form that people write it, the
 *  e-mail address, the whole name, and long numbers in custom fields (CPF, CNPJ). The same expression means the same to
 *  PostgreSQL (`~*`) and to JavaScript (flags `gi`). */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { FieldValue } from './fields.ts';

export interface Person {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly fields: Readonly<Record<string, FieldValue>>;
  /** Phones in E.164 and e-mail addresses that were the person's before. */
  readonly earlier?: readonly string[];
  /** What the person was called before. */
  readonly earlierNames?: readonly string[];
}

const between = '[^0-9a-zA-Z]{0,3}';
const fewestDigits = 8;

/** Null when there is nothing by which to tell the person: a first name alone is many people. */
export function personPattern(person: Person): string | null {
  const parts = [
    person.phone === null ? null : phonePattern(person.phone),
    person.email === null ? null : emailPattern(person.email),
    ...(person.earlier ?? []).map((address) => (address.includes('@') ? emailPattern(address) : phonePattern(address))),
    ...[person.name ?? [], person.earlierNames ?? []].flat().map(namePattern),
    ...Object.values(person.fields).map((value) => numberPattern(value)),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.map((part) => `(?:${part})`).join('|');
}

/** With and without country code, area code in brackets, and, of Brazilian mobiles, without the ninth digit. */
function phonePattern(phone: string): string {
  const parsed = parsePhoneNumberFromString(phone);
  const code = parsed?.countryCallingCode ?? '';
  const national = parsed?.nationalNumber ?? phone.replace(/\D/g, '');
  const isMobile = code === '55' && national.length === 11 && national[2] === '9';
  const digits = isMobile ? `${spaced(national.slice(0, 2))}${between}(?:9${between})?${spaced(national.slice(3))}` : spaced(national);
  return whole(`(?:0{0,2}${spaced(code)}${between})?0?${digits}`);
}

function emailPattern(email: string): string {
  return `(?<![a-zA-Z0-9._%+-])${escaped(email)}(?![a-zA-Z0-9-]|[.][a-zA-Z0-9])`;
}

function namePattern(name: string): string | null {
  const words = name.split(/\s+/).filter(Boolean);
  return words.length < 2 ? null : `(?<![a-zA-Z0-9])${words.map(escaped).join('\\s+')}(?![a-zA-Z0-9])`;
}

function numberPattern(value: FieldValue): string | null {
  const digits = String(value).replace(/\D/g, '');
  const isNumber = typeof value !== 'boolean' && /^[\d\s./-]+$/.test(String(value)) && !/^\d{4}-\d{2}-\d{2}$/.test(String(value));
  return isNumber && digits.length >= fewestDigits ? whole(spaced(digits)) : null;
}

function spaced(digits: string): string {
  return digits.split('').join(between);
}

/** Not inside of a longer number. */
function whole(digits: string): string {
  return `(?<![0-9])${digits}(?![0-9])`;
}

/** A quotation mark may stand behind a backslash: so it does in JSON. */
function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`).replaceAll('"', String.raw`\\?"`);
}
