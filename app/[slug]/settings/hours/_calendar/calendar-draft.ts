/** A calendar as it is being edited, and its changes. Pure. */
import type { CalendarContent, OwnDate } from '#server/domain/calendar/schema.ts';

export interface CalendarDraft {
  readonly name: string;
  readonly content: CalendarContent;
}

/** The country's own holidays again: another country has other states and other rules. */
export function withCountry(content: CalendarContent, country: string | null): CalendarContent {
  return country === content.country ? content : { ...content, country, states: [], choices: {} };
}

export function withState(content: CalendarContent, state: string, isChosen: boolean): CalendarContent {
  const others = content.states.filter((one) => one !== state);
  return { ...content, states: isChosen ? [...others, state].sort() : others };
}

/** `rule` closes or not from now on; what is the same as its kind would have it is not kept as a choice. */
export function withChoice(content: CalendarContent, day: { rule: string; kind: string }, closed: boolean): CalendarContent {
  const { [day.rule]: _before, ...choices } = content.choices;
  return { ...content, choices: closed === (day.kind === 'public') ? choices : { ...choices, [day.rule]: closed } };
}

/** Own dates with some more; a date that is there already with the same name comes once. In order. */
export function withDates(content: CalendarContent, added: readonly OwnDate[]): CalendarContent {
  const dates = new Map([...content.dates, ...added].map((date) => [`${date.on} ${date.name}`, date]));
  return { ...content, dates: [...dates.values()].sort((a, b) => a.on.localeCompare(b.on)) };
}

export function withoutDate(content: CalendarContent, gone: OwnDate): CalendarContent {
  return { ...content, dates: content.dates.filter((date) => date.on !== gone.on || date.name !== gone.name) };
}
