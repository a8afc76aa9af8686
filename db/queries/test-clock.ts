/** The clock that tests move, and what is due by it. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';
import { importIsOpen } from './imports.ts';
import { messagesUnderWay } from './message-claims.ts';

/** From here on `andante_now()` gives `at`, running on; never back. */
export async function setTestClock(db: Db, at: Date): Promise<void> {
  await sql`update test_clock set ahead = greatest(ahead, ${at}::timestamptz - clock_timestamp())`.execute(db);
}

/** The first instant after `after`, up to `until`, at which something happens by itself; null when nothing does. */
export async function findNextInstant(db: Db, after: Date, until: Date): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(at) as at from (
      select e.due_at as at from sequences s join enrolments e on e.workspace_id = s.workspace_id and e.sequence_id = s.id
      where s.status = 'running' and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'due'
      union all
      select next_attempt_at from messages where next_attempt_at is not null
      union all
      select lease_until from message_claims
      union all
      select held_until from enrolments where held_at is not null and ended_at is null
      union all
      select paused_until from enrolments where paused_at is not null and ended_at is null
      union all
      select expires_at from bot_sessions where ended_at is null
    ) instants where at > ${after} and at <= ${until}`.execute(db);
  return rows[0]?.at ?? null;
}

/** How many things should happen now or are happening: due steps, queued messages, messages with their provider, bots and
 *  holds that are over, operations and imports. Paused sequences and accounts do not count. */
export async function countDueWork(db: Db): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select (
      select count(*) from sequences s join enrolments e on e.workspace_id = s.workspace_id and e.sequence_id = s.id
      where s.status = 'running' and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'due'
        and e.due_at <= andante_now()
    ) + (
      select count(*) from messages m join channel_accounts a on a.workspace_id = m.workspace_id and a.id = m.channel_account_id
      where m.next_attempt_at <= andante_now() and a.status = 'active' and a.deleted_at is null
    ) + (select count(*) from ${messagesUnderWay})
      + (select count(*) from enrolments where held_at is not null and ended_at is null and held_until <= andante_now())
      + (select count(*) from enrolments where paused_at is not null and ended_at is null and paused_until <= andante_now())
      + (select count(*) from bot_sessions where ended_at is null and expires_at <= andante_now())
      + (select count(*) from operations where status in ('queued', 'running'))
      + (select count(*) from imports where ${importIsOpen}) as count`.execute(db);
  return rows[0]?.count ?? 0;
}
