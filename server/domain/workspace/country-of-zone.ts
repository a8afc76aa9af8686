/** Which country's way of writing phone numbers to expect, guessed from a time zone. */
import { type CountryCode, getCountries } from 'libphonenumber-js/max';

let countries: Map<string, CountryCode> | undefined;

/** The country (ISO 3166, two letters) in which the IANA `zone` lies; `BR` when none claims it. */
export function countryOfZone(zone: string): string {
  countries ??= new Map(
    getCountries().flatMap((country) => zonesOf(country).map((name): [string, CountryCode] => [canonical(name), country])),
  );
  return countries.get(canonical(zone)) ?? 'BR';
}

function zonesOf(country: CountryCode): string[] {
  const locale = new Intl.Locale(`und-${country}`) as Intl.Locale & { getTimeZones?(): string[] | undefined };
  return locale.getTimeZones?.() ?? [];
}

function canonical(zone: string): string {
  return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
}
