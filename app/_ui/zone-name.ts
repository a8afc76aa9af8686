/** How time zones are written everywhere: the city that people know theirs by, and, where it helps, how far it is from UTC. */
import { HOUR_MS, MINUTE_MS, offsetAt } from '#server/domain/time/offsets.ts';

/** Cities whose names the zones spell without their signs. */
const spelled: Readonly<Record<string, string>> = {
  Araguaina: 'Araguaína',
  Asuncion: 'Asunción',
  Belem: 'Belém',
  Bogota: 'Bogotá',
  Cancun: 'Cancún',
  Cuiaba: 'Cuiabá',
  Eirunepe: 'Eirunepé',
  Maceio: 'Maceió',
  Noronha: 'Fernando de Noronha',
  Santarem: 'Santarém',
  Sao_Paulo: 'São Paulo',
  Sao_Tome: 'São Tomé',
};

/** "America/Sao_Paulo" → "São Paulo". */
export function zoneName(zone: string): string {
  const city = zone.split('/').at(-1) ?? zone;
  return spelled[city] ?? city.replaceAll('_', ' ');
}

/** "São Paulo (UTC−3)", as the clocks there stand at the instant `at`. What is no zone is written as it is. */
export function zoneWithOffset(zone: string, at: Date): string {
  const offset = offsetText(zone, at);
  return offset === null || offset === zone ? zoneName(zone) : `${zoneName(zone)} (${offset})`;
}

/** "UTC−3", "UTC+5:30", "UTC"; null for what is no zone. */
function offsetText(zone: string, at: Date): string | null {
  let offset: number;
  try {
    offset = offsetAt(at.getTime(), zone);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  if (offset === 0) return 'UTC';
  const hours = Math.floor(Math.abs(offset) / HOUR_MS);
  const minutes = Math.floor((Math.abs(offset) % HOUR_MS) / MINUTE_MS);
  return `UTC${offset < 0 ? '−' : '+'}${hours}${minutes === 0 ? '' : `:${String(minutes).padStart(2, '0')}`}`;
}

export interface ZoneChoice {
  readonly value: string;
  readonly label: string;
  /** The zone's full name. */
  readonly hint: string;
}

export function zoneChoice(zone: string): ZoneChoice {
  return { value: zone, label: zoneName(zone), hint: zone };
}

/** All zones that the browser knows, by city; `current` is among them also where it is an old name. */
export function zoneChoices(current: string | null): ZoneChoice[] {
  const known = Intl.supportedValuesOf('timeZone');
  const zones = current === null || current === '' || known.includes(current) ? known : [current, ...known];
  return zones.map(zoneChoice).sort((a, b) => (a.label < b.label ? -1 : 1));
}
