/** What a text may speak of: one plain object per contact, made by `templateVariables`. The catalogue below is what the
 *  variable picker offers and what `checkTemplate` accepts. */

export interface TemplateVariables {
  readonly contact: {
    readonly name: string | null;
    readonly firstName?: string | null;
    readonly email: string | null;
    readonly phone: string | null;
    /** BCP 47; decides the words of dates and the form of numbers. */
    readonly locale: string | null;
    /** The zone already resolved for this contact (IANA): dates are told in it. */
    readonly timeZone: string | null;
    readonly fields: Readonly<Record<string, unknown>>;
  };
  readonly sequence: { readonly name: string };
  /** Who sends: the name of the channel account. */
  readonly sender: { readonly name: string };
  readonly enrolment: { readonly startedAt: string | Date };
  readonly workspace?: {
    readonly name?: string;
    /** ISO 4217; what `money` writes when the text names none. */
    readonly currency?: string;
  };
  /** In a chatbot's texts: what was answered so far, by block key. */
  readonly answers?: Readonly<Record<string, unknown>>;
}

/** Every path a text may name, beside `contact.fields.<key>`. */
export const knownVariables = [
  'contact.name',
  'contact.firstName',
  'contact.email',
  'contact.phone',
  'contact.locale',
  'contact.timeZone',
  'sequence.name',
  'sender.name',
  'enrolment.startedAt',
  'workspace.name',
] as const;
export type KnownVariable = (typeof knownVariables)[number];

const currencyOfCountry: Readonly<Record<string, string>> = {
  BR: 'BRL',
  US: 'USD',
  CA: 'CAD',
  GB: 'GBP',
  MX: 'MXN',
  AR: 'ARS',
  CL: 'CLP',
  CO: 'COP',
  PE: 'PEN',
  UY: 'UYU',
  PY: 'PYG',
  BO: 'BOB',
  AO: 'AOA',
  MZ: 'MZN',
};
const euroCountries = new Set(['PT', 'ES', 'FR', 'DE', 'IT', 'IE', 'NL', 'BE', 'AT', 'FI', 'GR', 'LU']);

/** The currency of a workspace's country (ISO 3166 alpha-2); BRL where we do not know it. */
export function currencyOf(country: string): string {
  if (euroCountries.has(country)) return 'EUR';
  return currencyOfCountry[country] ?? 'BRL';
}

const titles = new Set(['sr', 'sra', 'srta', 'dr', 'dra', 'prof', 'profa', 'd', 'dona', 'seu', 'mr', 'mrs', 'ms', 'miss']);

/** How a person is greeted: the first name without title; `MARIA` and `maria` become `Maria`. Null without a name. */
export function firstNameOf(name: string): string | null {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = words.find((word, index) => index === words.length - 1 || !titles.has(word.toLowerCase().replace(/\.$/, '')));
  if (!first) return null;
  const oneCase = first === first.toUpperCase() || first === first.toLowerCase();
  if (!oneCase || Array.from(first).length < 2) return first;
  return first.toLowerCase().replace(/(^|[-'’])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase());
}

/** The object that templates see: blank texts count as no value, and only plain values are let through. */
export function scopeOf(variables: TemplateVariables): Record<string, unknown> {
  const { contact } = variables;
  const name = filled(contact.name);
  return {
    contact: {
      name,
      firstName: filled(contact.firstName ?? null) ?? (name === null ? null : firstNameOf(name)),
      email: filled(contact.email),
      phone: filled(contact.phone),
      locale: filled(contact.locale),
      timeZone: filled(contact.timeZone),
      fields: plainValues(contact.fields),
    },
    sequence: { name: variables.sequence.name },
    sender: { name: variables.sender.name },
    enrolment: { startedAt: plain(variables.enrolment.startedAt) },
    workspace: { name: filled(variables.workspace?.name ?? null) },
    answers: plainValues(variables.answers ?? {}),
  };
}

function filled(value: string | null): string | null {
  return value === null || value.trim() === '' ? null : value;
}

function plainValues(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plain(value)]));
}

function plain(value: unknown): unknown {
  if (typeof value === 'string') return filled(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(plain);
  return null;
}
