/** PostgreSQL as a second oracle of time: it brings its own copy of the tz database and its own arithmetic. Only from
 *  instant to local time: the other way, `AT TIME ZONE` takes the later instant where a local time happens twice. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { changeAfter, instantsIn, runs, seed, timeout, zones } from '#server/domain/time/oracle.ts';
import { isTimeZone, weekdays } from '#server/domain/time/schema.ts';
import { compiled, type PlacedRules, placedRules } from '#server/domain/time/testing/rules.ts';
import { wallAt } from '#server/domain/time/wall-clock.ts';
import { isInside } from '#server/domain/time/window.ts';
import { useTestDatabase } from './testing/test-database.ts';

const database = useTestDatabase();
const batch = 5_000;
const readings = Math.max(20_000, runs);
const judgements = Math.max(5_000, runs);

/** Where the two copies of the tz database are of different releases, a reading may differ, from then on and in no other
 *  zone. A copy that catches up makes its line idle, not wrong; a difference that is not listed fails.
 *  Source: https://www.iana.org/time-zones/releases/2026c (Node 24.21 has it, PostgreSQL 18.4 has 2026b). */
const revised = [
  { what: 'Morocco stays on +00', zones: ['Africa/Casablanca', 'Africa/El_Aaiun'], from: '2026-09-20T01:00:00Z' },
  { what: 'Alberta stays on -06', zones: ['America/Edmonton', 'America/Yellowknife', 'Canada/Mountain'], from: '2026-11-01T08:00:00Z' },
];

function revisionOf({ zone, at }: { zone: string; at: number }): string | null {
  return revised.find((revision) => revision.zones.includes(zone) && at >= Date.parse(revision.from))?.what ?? null;
}

/** `shared`: names that both know as the same zone, older spellings included. */
let shared: string[] = [];

beforeAll(async () => {
  const { rows } = await sql<{ name: string; isAbbreviation: boolean }>`
    select name, exists (select from pg_timezone_abbrevs a where a.abbrev = n.name) as "isAbbreviation"
    from pg_timezone_names n where name !~ '^posix/'`.execute(database.db);
  const known = new Set(rows.map((row) => row.name));
  const unknownThere = zones.filter((zone) => !known.has(zone));
  const unknownHere = [...known].filter((zone) => !isTimeZone(zone));
  // AT TIME ZONE looks for an abbreviation first: CET is always +01 to it, summer or not.
  // https://www.postgresql.org/docs/current/datetime-config-files.html
  const fixed = rows.filter(({ name, isAbbreviation }) => isAbbreviation && isTimeZone(name) && changeAfter(0, name) < Infinity);
  const leftOut = new Set([...unknownHere, ...fixed.map((row) => row.name)]);
  shared = [...known].filter((zone) => !leftOut.has(zone));
  console.log(
    `time zones: ${shared.length} compared, tz ${process.versions['tz']} here, seed ${seed} (ANDANTE_PROPERTY_SEED); ` +
      `PostgreSQL does not know ${list(unknownThere)}; Node does not know ${list(unknownHere)}; ` +
      `PostgreSQL takes for abbreviations ${list(fixed.map((row) => row.name))}`,
  );
});

test('PostgreSQL knows every zone that a contact can have', () => {
  expect(zones.filter((zone) => !shared.includes(zone))).toEqual([]);
});

describe('an instant', () => {
  test('is read on every wall clock as PostgreSQL reads it', { timeout }, async () => {
    const cases = fc.sample(instantsIn(shared), { numRuns: readings, seed });
    const differing: (typeof cases)[number][] = [];
    for (let first = 0; first < cases.length; first += batch) {
      const some = cases.slice(first, first + batch);
      const { rows } = await sql<{ n: number }>`
        select n::int - 1 as n
        from unnest(${some.map((one) => one.zone)}::text[], ${some.map((one) => one.at)}::int8[],
          ${some.map((one) => wallAt(one.at, one.zone))}::int8[]) with ordinality as c (zone, at, wall, n)
        where extract(epoch from (timestamptz 'epoch' + at * interval '1 millisecond') at time zone zone) * 1000 <> wall
      `.execute(database.db);
      differing.push(...rows.flatMap(({ n }) => some[n] ?? []));
    }
    expect(unexplained(`${cases.length} readings`, differing)).toEqual([]);
  });

  test('lies inside of a window where PostgreSQL finds its weekday and hour in a block, and its date not closed', { timeout }, async () => {
    const cases = fc.sample(placedRules, { numRuns: judgements, seed });
    const differing: (typeof cases)[number][] = [];
    let inside = 0;
    for (let first = 0; first < cases.length; first += batch) {
      const some = cases.slice(first, first + batch);
      const ours = some.map(({ zone, at, ...rules }) => isInside(new Date(at), compiled(rules), zone));
      inside += ours.filter(Boolean).length;
      const theirs = await judge(some);
      differing.push(...some.filter((_one, n) => theirs[n] !== ours[n]));
    }
    expect(inside).toBeGreaterThan(cases.length / 10);
    expect(inside).toBeLessThan((cases.length * 9) / 10);
    expect(unexplained(`${cases.length} judgements, ${inside} of them inside`, differing)).toEqual([]);
  });
});

/** Whether each case is inside by PostgreSQL: local weekday and time against the blocks as they are written. */
async function judge(cases: readonly PlacedRules[]): Promise<boolean[]> {
  const rules = ['sequence', 'step', 'quietHours'] as const;
  const blocks = cases.flatMap((one, n) =>
    rules.flatMap((rule) =>
      weekdays.flatMap((weekday, index) =>
        (one[rule]?.weekly[weekday] ?? []).map(([start, end]) => ({ n, rule, day: index + 1, start, end })),
      ),
    ),
  );
  const closed = cases.flatMap((one, n) => one.closedDates.map((date) => ({ n, date })));
  const { rows } = await sql<{ inside: boolean }>`
    with blocks as (
      select * from unnest(${blocks.map((b) => b.n)}::int[], ${blocks.map((b) => b.rule)}::text[], ${blocks.map((b) => b.day)}::int[],
        ${blocks.map((b) => b.start)}::time[], ${blocks.map((b) => b.end)}::time[]) as b (n, rule, day, opens, closes)
    ), cases as (
      select n - 1 as n, has_sequence, has_step, (timestamptz 'epoch' + at * interval '1 millisecond') at time zone zone as local
      from unnest(${cases.map((c) => c.zone)}::text[], ${cases.map((c) => c.at)}::int8[], ${cases.map((c) => c.sequence !== null)}::bool[],
        ${cases.map((c) => c.step !== null)}::bool[]) with ordinality as c (zone, at, has_sequence, has_step, n)
    ), open as (
      select distinct n, rule from cases join blocks using (n)
      where (day = extract(isodow from local) and local::time >= opens and (closes < opens or local::time < closes))
        or (day = extract(isodow from local - interval '1 day') and closes < opens and local::time < closes)
    )
    select (not has_sequence or exists (select from open o where o.n = c.n and rule = 'sequence'))
      and (not has_step or exists (select from open o where o.n = c.n and rule = 'step'))
      and not exists (select from open o where o.n = c.n and rule = 'quietHours')
      and not exists (
        select from unnest(${closed.map((c) => c.n)}::int[], ${closed.map((c) => c.date)}::date[]) as d (n, date)
        where d.n = c.n and d.date = local::date
      ) as inside
    from cases c order by n`.execute(database.db);
  return rows.map((row) => row.inside);
}

/** Says how many cases differ by a revision of the tz database, and answers those that nothing explains. */
function unexplained<T extends { zone: string; at: number }>(compared: string, differing: readonly T[]): T[] {
  const counts = revised.map(({ what }) => `${what} ${differing.filter((one) => revisionOf(one) === what).length}`);
  console.log(`${compared}; differing by a revision of the tz database: ${counts.join(', ')}`);
  return differing.filter((one) => revisionOf(one) === null);
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'none' : `${names.length} (${names.toSorted().join(', ')})`;
}
