/** Rows of a table of hard dates, and how a row is checked: by the product, and by Temporal on its own. */
import { expect } from 'vitest';
import { Temporal } from '../oracle.ts';
import { type MoveReason, planStep } from '../plan.ts';
import { type Timing, type Weekday, type Window, weekdays } from '../schema.ts';
import { isInside } from '../window.ts';
import { allowedMinuteBetween, compiled, isAllowed, noRules, type Rules } from './rules.ts';
import { type PlacedStep, planInput } from './steps.ts';
import { wantedByOracle } from './waits.ts';

export const [SP, NY, LISBON] = ['America/Sao_Paulo', 'America/New_York', 'Europe/Lisbon'];

export const atOnce: Timing = { kind: 'immediately' };
const after =
  (unit: Extract<Timing, { kind: 'after' }>['unit']) =>
  (amount: number, at?: string): Timing => ({ kind: 'after', amount, unit, ...(at && { at }) });
export const minutes = after('minutes');
export const hours = after('hours');
export const days = after('days');
export const weeks = after('weeks');
export const businessDays = after('businessDays');
export const next = (weekday: Weekday, at: string): Timing => ({ kind: 'onWeekday', weekdays: [weekday], at });
export const onDate = (date: string, at: string): Timing => ({ kind: 'onDate', date, at });
export const around = (amount: number, unit: 'days' | 'weeks', at: string): Timing => ({
  kind: 'relativeToField',
  field: 'date',
  amount,
  unit,
  at,
});

export const everyDay = (...blocks: [string, string][]): Window => ({ weekly: Object.fromEntries(weekdays.map((day) => [day, blocks])) });
export const onlyOn = (day: Weekday, ...blocks: [string, string][]): Window => ({ weekly: { [day]: blocks } });
export const office: Window = { weekly: Object.fromEntries(weekdays.slice(0, 5).map((day) => [day, [['09:00', '18:00']]])) };

/** The instant of a reading with its offset. Fails unless the clock of `zone` shows it, by Temporal. */
export function instantOf(reading: string, zone: string): Date {
  return new Date(Temporal.ZonedDateTime.from(`${reading}[${zone}]`, { offset: 'reject' }).epochMilliseconds);
}

/** Readings are local, with their offset. `due`: where the rules move what was planned to; without it, nowhere. */
export interface HardDate extends Partial<Omit<PlacedStep, 'at' | 'enrolledAt' | 'zone'>> {
  readonly zone: string;
  readonly timing: Timing;
  readonly anchor: string;
  readonly enrolled?: string;
  readonly planned: string;
  readonly due?: string;
  readonly reasons?: readonly MoveReason[];
}

/** The product plans as the row says. Temporal finds the same instant for the timing, and no allowed minute before the due one. */
export function expectPlanned({ anchor, enrolled = anchor, planned, due, reasons = [], ...given }: HardDate): void {
  const { zone } = given;
  const rules: Rules = { ...noRules, ...given };
  const [plannedAt, dueAt] = [instantOf(planned, zone), instantOf(due ?? planned, zone)];
  const times = { at: instantOf(anchor, zone).getTime(), enrolledAt: instantOf(enrolled, zone).getTime() };
  const step: PlacedStep = { ...rules, ifPast: undefined, fields: {}, ...given, ...times };
  expect(planStep(planInput(step))).toEqual({ kind: 'due', plannedAt, dueAt, reasons });
  expect(wantedByOracle(step)).toBe(plannedAt.getTime());
  expect(isInside(dueAt, compiled(rules), zone)).toBe(true);
  expect(isAllowed(dueAt.getTime(), rules, zone)).toBe(true);
  const from = reasons.includes('past') ? times.at : plannedAt.getTime();
  if (dueAt.getTime() !== from) expect(isAllowed(dueAt.getTime() - 1, rules, zone)).toBe(false);
  expect(allowedMinuteBetween(from, dueAt.getTime(), rules, zone)).toBeNull();
}
