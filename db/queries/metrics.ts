/** Numbers over the whole installation for a monitoring system. Nothing here names a workspace or a person, and every count
 *  stops at a cap, so that asking often costs little. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../client.ts';
import { messagesUnderWay } from './message-claims.ts';

/** Counts that could be large go up to this and say no more. */
export const countCap = 10_001;

export interface OpenCounts {
  readonly enrolmentsDue: number;
  readonly messagesQueued: number;
  readonly messagesSending: number;
  readonly messagesUnknown: number;
}

/** Steps due in running sequences and messages that are not settled, each up to `countCap`, each through an index or what workers have
 *  claimed. */
export async function readOpenCounts(db: Db): Promise<OpenCounts> {
  const upToCap = (rows: RawBuilder<unknown>) => sql`(select count(*)::int from (select from ${rows} limit ${countCap}) m)`;
  const { rows } = await sql<OpenCounts>`
    select
      (select count(*)::int from (
        select from sequences s
        cross join lateral (
          select from enrolments e
          where e.workspace_id = s.workspace_id and e.sequence_id = s.id
            and e.ended_at is null and e.paused_at is null and e.held_at is null and e.waiting_for = 'due' and e.due_at < andante_now()
          limit ${countCap}
        ) d
        where s.status = 'running' limit ${countCap}
      ) due) as enrolments_due,
      ${upToCap(sql`messages where next_attempt_at is not null`)} as messages_queued,
      ${upToCap(messagesUnderWay)} as messages_sending,
      ${upToCap(sql`messages where unknown_at is not null`)} as messages_unknown`.execute(db);
  if (!rows[0]) throw new Error('The database gave no counts.');
  return rows[0];
}

export async function countChannelAccounts(db: Db): Promise<{ readonly status: string; readonly count: number }[]> {
  const { rows } = await sql<{ status: string; count: number }>`
    select s.status, count(a.id)::int as count
    from unnest(array['active', 'paused', 'failing']) s (status)
    left join channel_accounts a on a.status = s.status and a.deleted_at is null
    group by s.status order by s.status`.execute(db);
  return rows;
}
