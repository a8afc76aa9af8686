/** Random sequences and people for the agreement of simulation and engine: every timing, windows, bots, ends, zones. */
import fc from 'fast-check';
import type { Definition, Step } from '#server/domain/definition/schema.ts';
import { someDate, someTiming, someWindow, zoneAndInstant, zones } from '#server/domain/time/oracle.ts';
import type { Timing, Window } from '#server/domain/time/schema.ts';

export interface Accounts {
  readonly channelAccountId: string;
  /** A chatbot that says what it has to say and is done, and one that waits for an answer. */
  readonly tellingBotId: string;
  readonly askingBotId: string;
  readonly calendarId: string;
}

export interface RandomRun {
  readonly definition: (accounts: Accounts) => Definition;
  /** Null: the contact has none of its own. */
  readonly zone: string | null;
  readonly startAt: Date;
  readonly fields: Readonly<Record<string, string>>;
}

const rarely = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: value });
const openWindow = someWindow.filter((window) => Object.values(window.weekly).flat().length > 0);
const maybeWindow: fc.Arbitrary<Window | null> = fc.option(openWindow, { freq: 3 });

type Draft = { timing: Timing; ifPast: Step['ifPast']; expires: number | null; window: Window | null; kind: string; late: Draft[] };
const draft = (depth: number): fc.Arbitrary<Draft> =>
  fc.record({
    timing: someTiming,
    ifPast: fc.constantFrom('skip', 'skip', 'sendNow', 'exit'),
    // Round ones end together with a window's opening now and then.
    expires: rarely(
      fc.oneof(
        fc.integer({ min: 1, max: 3_000 }),
        fc.integer({ min: 1, max: 100 }).map((n) => n * 30),
      ),
    ),
    window: rarely(openWindow),
    kind: fc.constantFrom('message', 'message', 'message', 'message', 'telling', 'asking', depth > 0 ? 'exit' : 'message'),
    late: depth > 0 ? fc.constant([]) : fc.array(draft(depth + 1), { maxLength: 2 }),
  }) as fc.Arbitrary<Draft>;

/** Keys count up in reading order. */
function stepsOf(drafts: readonly Draft[], accounts: Accounts, prefix = 's'): Step[] {
  return drafts.map((one, index): Step => {
    const key = `${prefix}${index + 1}`;
    const { timing: when, ifPast, expires, window } = one;
    const common = {
      key,
      timing: when,
      ...(ifPast ? { ifPast } : {}),
      ...(expires === null ? {} : { expiresAfterMinutes: expires }),
      ...(window ? { window } : {}),
    };
    const { channelAccountId } = accounts;
    switch (one.kind) {
      case 'telling':
      case 'asking': {
        const chatbotId = one.kind === 'asking' ? accounts.askingBotId : accounts.tellingBotId;
        const path = one.kind === 'asking' ? 'noAnswer' : 'completed';
        const paths = one.late.length > 0 ? { paths: { [path]: stepsOf(one.late, accounts, `${key}-`) } } : {};
        return { ...common, type: 'chatbot', chatbot: { chatbotId, channelAccountId, timeoutMinutes: 90 }, ...paths };
      }
      case 'exit':
        return { ...common, type: 'exit' };
      default:
        return { ...common, type: 'message', message: { channelAccountId, body: 'Oi' } };
    }
  });
}

const birthday = fc.constantFrom('02-29', '12-25', '1990-06-15', '--03-08', 'nunca', '2026-07-01T23:30:00-03:00');

/** Starts lie in 2026 and 2027, most of them within hours of a change of the zone's clocks. */
export const randomRun: fc.Arbitrary<RandomRun> = fc
  .record({
    drafts: fc.array(draft(0), { minLength: 1, maxLength: 5 }),
    window: maybeWindow,
    withCalendar: fc.boolean(),
    place: zoneAndInstant,
    fixed: rarely(fc.constantFrom(...zones)),
    hasZone: fc.boolean(),
    follows: fc.boolean(),
    shift: fc.integer({ min: 0, max: 600 * 86_400_000 }),
    birthday,
    booking: someDate,
  })
  .map(({ drafts, window, withCalendar, place, fixed, hasZone, follows, shift, ...fields }) => ({
    definition: (accounts: Accounts): Definition => ({
      zone: fixed ? { iana: fixed } : follows ? 'contact' : 'workspace',
      window,
      calendarId: withCalendar ? accounts.calendarId : null,
      exitOnReply: 'no',
      goal: null,
      reentry: { policy: 'afterExit', coolDownDays: 0 },
      exclusivityGroup: null,
      steps: stepsOf(drafts, accounts),
    }),
    zone: hasZone ? place.zone : null,
    startAt: startNear(place.at, shift),
    fields,
  }));

/** The same time of year as `at` in 2026, some days on where `shift` is odd. */
function startNear(at: number, shift: number): Date {
  const date = new Date(at);
  const near = Date.UTC(
    2026,
    date.getUTCMonth(),
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
    date.getUTCSeconds(),
    date.getUTCMilliseconds(),
  );
  return new Date(shift % 2 === 0 ? near : near + shift);
}
