/** Countries and states whose holidays are known. */
import Holidays from 'date-holidays';

export interface Place {
  readonly code: string;
  readonly name: string;
}

/** By name, in the language of `locale` where the runtime has one. */
export function listCountries(locale: string): Place[] {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  const codes = Object.keys(new Holidays().getCountries());
  return codes.map((code) => ({ code, name: names.of(code) ?? code })).sort((a, b) => a.name.localeCompare(b.name, locale));
}

/** The states of a country that have holidays of their own; none for an unknown country. */
export function listStates(country: string, locale: string): Place[] {
  const states: Record<string, string> | undefined = new Holidays().getStates(country, locale.slice(0, 2));
  return Object.entries(states ?? {})
    .map(([code, name]) => ({ code, name }))
    .sort((a, b) => a.name.localeCompare(b.name, locale));
}

/** What of a chosen place is not known: the country, or states of it. */
export function unknownPlaces({ country, states }: { readonly country: string | null; readonly states: readonly string[] }): string[] {
  if (country === null) return [...states];
  if (!(country in new Holidays().getCountries())) return [country];
  const known = new Set(listStates(country, 'en').map((state) => state.code));
  return states.filter((state) => !known.has(state));
}
