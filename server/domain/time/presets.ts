/** Hours that customs and laws know, as windows to begin with. Each names its source; a team still decides for itself. */
import { type Block, type Weekly, type Window, weekdays } from './schema.ts';
import { timeOfMinutes } from './wall-clock.ts';
import { complement, MINUTES_PER_DAY, weekOf } from './week.ts';

export const presetKeys = ['brazilCommercial', 'cearaLaw', 'usFederal'] as const;
export type PresetKey = (typeof presetKeys)[number];

export interface WindowPreset {
  /** When sending is allowed, in each contact's local time. */
  readonly window: Window;
  /** Whether the source closes holidays too: then a holiday calendar belongs beside the window. */
  readonly closesHolidays: boolean;
}

const workdays = weekdays.slice(0, 5);

function everyOne(days: readonly (typeof weekdays)[number][], ...blocks: Block[]): Window {
  return { weekly: Object.fromEntries(days.map((day) => [day, blocks])) };
}

export const windowPresets: Readonly<Record<PresetKey, WindowPreset>> = {
  /** Eight hours a day around a meal break: CLT, arts. 58 and 71. */
  brazilCommercial: { window: everyOne(workdays, ['09:00', '12:00'], ['13:00', '18:00']), closesHolidays: true },
  /** Offers and collection by phone, SMS or WhatsApp in Ceará: Lei estadual 16.836, of 17 January 2019, art. 2. */
  cearaLaw: { window: everyOne(workdays, ['08:00', '18:00']), closesHolidays: true },
  /** Solicitations in the United States, by the local time of the called party: 47 CFR § 64.1200(c)(1). */
  usFederal: { window: everyOne(weekdays, ['08:00', '21:00']), closesHolidays: false },
};

/** The hours that `window` leaves closed, as a window of their own: what quiet hours are to allowed ones. */
export function oppositeOf({ weekly }: Window): Window {
  const opposite: Weekly = {};
  for (const [index, intervals] of complement(weekOf(weekly)).entries()) {
    const day = weekdays[index];
    if (!day || intervals.length === 0) continue;
    opposite[day] = intervals.map(
      ([start, end]): Block => [timeOfMinutes(start), timeOfMinutes(end % MINUTES_PER_DAY === 0 ? MINUTES_PER_DAY : end)],
    );
  }
  return { weekly: opposite };
}
