/** Random steps to plan for tests: every timing, around every change of clocks, under every rule. */
import fc from 'fast-check';
import { type Temporal, timeOfDay, zonedAt } from '../oracle.ts';
import { type Timing, weekdays } from '../schema.ts';
import type { PlanInput } from '../plan.ts';
import { compiled, type PlacedRules, placedRules } from './rules.ts';

/** A step to plan at `at`, which is its anchor. `enrolledAt`: epoch ms. */
export interface PlacedStep extends PlacedRules {
  readonly timing: Timing;
  readonly ifPast: 'sendNow' | 'skip' | 'exit' | undefined;
  readonly enrolledAt: number;
  readonly fields: Readonly<Record<string, unknown>>;
}

const maybeTime = fc.option(timeOfDay, { nil: undefined });
const mostOf = { minutes: 3_000, hours: 200, days: 40, weeks: 6, businessDays: 12 };
const afterTiming = (units: readonly (keyof typeof mostOf)[]): fc.Arbitrary<Timing> =>
  fc
    .constantFrom(...units)
    .chain((unit) => fc.tuple(fc.constant(unit), fc.integer({ min: 0, max: mostOf[unit] }), maybeTime, fc.boolean()))
    .map(([unit, amount, at, late]) => ({ kind: 'after', amount, unit, ...(at && { at }), ...(late && { from: 'enrolment' }) }));
const weekdayTiming: fc.Arbitrary<Timing> = fc.record({
  kind: fc.constant('onWeekday'),
  weekdays: fc.subarray([...weekdays], { minLength: 1 }),
  at: timeOfDay,
});
const someAmount = fc.constantFrom('days', 'weeks').chain((unit) => {
  const most = unit === 'days' ? 20 : 3;
  return fc.record({ unit: fc.constant(unit), amount: fc.oneof(fc.constant(0), fc.integer({ min: -most, max: most })) });
});

/** Timings and fields hang on dates near the anchor, counted from its local day. */
const anyTiming = fc.oneof(
  fc.constant((): Timing => ({ kind: 'immediately' })),
  { weight: 4, arbitrary: afterTiming(['minutes', 'hours', 'days', 'weeks', 'businessDays']).map((timing) => () => timing) },
  weekdayTiming.map((timing) => () => timing),
  fc.tuple(fc.integer({ min: -3, max: 40 }), timeOfDay).map(
    ([days, at]) =>
      (today: Temporal.PlainDate): Timing => ({ kind: 'onDate', date: today.add({ days }).toString(), at }),
  ),
  {
    weight: 2,
    arbitrary: fc.tuple(someAmount, timeOfDay).map(
      ([amount, at]) =>
        (): Timing => ({ kind: 'relativeToField', field: 'born', ...amount, at }),
    ),
  },
);
const businessDays = afterTiming(['businessDays']).map((timing) => () => timing);

const bornOn = fc
  .tuple(
    fc.constantFrom('date', 'yearly', 'yearly', 'rfc', 'instant', 'leap', 'bad'),
    fc.oneof(fc.constant(0), fc.integer({ min: -30, max: 40 })),
    fc.nat(99_999_999),
  )
  .map(([shape, days, moment]) => (today: Temporal.PlainDate): unknown => {
    const date = today.add({ days });
    if (shape === 'date') return date.toString();
    if (shape === 'yearly') return date.toString().slice(5);
    if (shape === 'rfc') return `--${date.toString().slice(5)}`;
    if (shape === 'instant') return new Date(Date.parse(date.toString()) + moment).toISOString();
    return shape === 'leap' ? '02-29' : [undefined, null, '', 'soon', '2026-02-30', 42][moment % 6];
  });

/** `timing` at the very minute that the anchor's clock shows. */
function atThatMinute(timing: Timing, anchor: Temporal.ZonedDateTime): Timing {
  return 'at' in timing && timing.at !== undefined ? { ...timing, at: anchor.toPlainTime().toString().slice(0, 5) } : timing;
}

function placed(timings: fc.Arbitrary<(today: Temporal.PlainDate) => Timing>): fc.Arbitrary<PlacedStep> {
  const more = fc.record({
    ifPast: fc.constantFrom('sendNow', 'skip', 'exit', undefined),
    elapsed: fc.nat(900_000_000),
    sameMinute: fc.nat(3).map((n) => n === 0),
  });
  return fc.tuple(placedRules, timings, bornOn, more).map(([place, timing, born, { ifPast, elapsed, sameMinute }]) => {
    const anchor = zonedAt(place.at, place.zone);
    const today = anchor.toPlainDate();
    const asked = sameMinute ? atThatMinute(timing(today), anchor) : timing(today);
    return { ...place, timing: asked, ifPast, enrolledAt: place.at - elapsed, fields: { born: born(today) } };
  });
}

export const anyPlacedStep = placed(anyTiming);
export const placedBusinessDays = placed(businessDays);

export function planInput({ timing, ifPast, at, enrolledAt, zone, fields, ...rules }: PlacedStep): PlanInput {
  return { step: { timing, ifPast }, anchorAt: new Date(at), enrolledAt: new Date(enrolledAt), zone, window: compiled(rules), fields };
}
