/** The time zone that a phone tells: by area code in Brazil, else by country where that names one zone. */
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { countryZones } from './country-zones.ts';
import { dddZones } from './ddd-zones.ts';

/** IANA zone of the E.164 number `phone`, or null when its country spans several zones (or has none, like satellites).
 *  `country` saves parsing when it is known already. */
export function zoneFromPhone(phone: string, country?: string | null): string | null {
  if (phone.startsWith('+55')) return dddZones[phone.slice(3, 5)] ?? null;
  const found = country === undefined ? parsePhoneNumberFromString(phone)?.country : country;
  return found ? (countryZones[found] ?? null) : null;
}
