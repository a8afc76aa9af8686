/** Enrolments that come due at instants of a benchmark's choosing, and how late their messages were. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { type Alarm, setAlarms } from '#jobs/queues/alarms.ts';
import type { Population } from './population.ts';

export interface DueIn {
  readonly sequenceIds: readonly string[];
  /** How many of the workspace's contacts are enrolled, in turns over the sequences. */
  readonly people: number;
  /** The first due instant. */
  readonly from: Date;
  /** Over how many seconds the due instants are spread evenly, in whole seconds. */
  readonly seconds: number;
}

/** Enrols, and sets the alarms that enrolling would have set. Throws when that took until after `from`. */
export async function enrolDue(db: Db, { actor }: Population, { sequenceIds, people, from, seconds }: DueIn): Promise<void> {
  await sql`
    insert into enrolments (workspace_id, sequence_id, contact_id, source, version, step_key, step_number, due_at, planned_at, anchor_at,
      time_zone, time_zone_origin)
    select c.workspace_id, (${[...sequenceIds]}::uuid[])[1 + c.n % ${sequenceIds.length}::int], c.id, 'manual', 1, 'a', 1, d.at, d.at, d.at,
      c.time_zone, 'set'
    from (select *, (row_number() over (order by id))::int - 1 as n from contacts where workspace_id = ${actor.workspaceId} limit ${people}) c
    cross join lateral (select ${from}::timestamptz + c.n / ceil(${people} / ${seconds}::float8)::int * interval '1 second' as at) d`.execute(
    db,
  );
  await sql`vacuum analyze enrolments, messages, enrolment_events`.execute(db);
  const { rows } = await sql<{ sequenceId: string; at: Date }>`
    select distinct sequence_id, due_at as at from enrolments where workspace_id = ${actor.workspaceId}
      and sequence_id = any(${[...sequenceIds]}::uuid[]) and due_at is not null`.execute(db);
  const alarms = rows.map((row): Alarm => ({ queue: 'sequence.advance', workspaceId: actor.workspaceId, ...row }));
  await db.transaction().execute((tx) => setAlarms(tx, alarms));
  if (new Date() > from) throw new Error(`Enrolling ${people} took until after their due time.`);
}

/** Resolves when the first step of all of these is taken. */
export async function untilTaken(db: Db, { actor }: Population, sequenceIds: readonly string[], patienceMs: number): Promise<void> {
  const untilMs = performance.now() + patienceMs;
  for (;;) {
    const { rows } = await sql`
      select from unnest(${[...sequenceIds]}::uuid[]) s(id)
      where exists (select from enrolments e where e.workspace_id = ${actor.workspaceId} and e.sequence_id = s.id and e.ended_at is null
        and e.paused_at is null and e.held_at is null and e.due_at < andante_now() + interval '1 day') limit 1`.execute(db);
    if (rows.length === 0) return;
    if (performance.now() > untilMs) throw new Error('The worker did not get through in time.');
    await pause(500);
  }
}

/** Resolves when no alarm is left that has rung: what is measured next starts with an idle worker. */
export async function untilQuiet(db: Db): Promise<void> {
  for (;;) {
    const { rows } =
      await sql`select from pgboss.job where state in ('created', 'active', 'retry') and start_after <= now() limit 1`.execute(db);
    if (rows.length === 0) return;
    await pause(500);
  }
}

export interface Lateness {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Acceptance after due time, in seconds, of all messages of the sequences. */
export async function latenessOf(db: Db, { actor }: Population, sequenceIds: readonly string[]): Promise<Lateness> {
  const { rows } = await sql<Lateness>`
    with late as (
      select extract(epoch from accepted_at - due_at)::float8 as s from messages
      where workspace_id = ${actor.workspaceId} and sequence_id = any(${[...sequenceIds]}::uuid[]) and origin = 'step' and state = 'accepted'
    )
    select count(*) as count, percentile_disc(0.5) within group (order by s) as p50, percentile_disc(0.95) within group (order by s) as p95,
      percentile_disc(0.99) within group (order by s) as p99, max(s) as max from late`.execute(db);
  const [found] = rows;
  if (!found) throw new Error('PostgreSQL did not answer.');
  return found;
}
