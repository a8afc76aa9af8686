/** The invariants, by SQL: the tables of the product against the provider's log and the battery's own notes.
 *  Names follow `docs/guides/faults` in the report: each figure but `sent` and `unknown` must be 0. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { rowSet } from '#db/row-set.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { LoggedMessage } from './trouble.ts';

export interface Verdict {
  /** Messages that the provider took. */
  readonly sent: number;
  readonly unknown: number;
  /** Steps of an enrolment that the provider took more than once. */
  readonly duplicates: number;
  /** Enrolments that nobody goes on with: not ended, not paused, not held for an unknown delivery, not due later. */
  readonly lost: number;
  /** Accepted outside of the hours of their sequence. */
  readonly outside: number;
  /** Claimed after a stop of their enrolment had committed. */
  readonly afterStop: number;
  /** Claimed before they were due, or before the step ahead of them was accepted and its wait was over. */
  readonly early: number;
  /** Accepted, and not in the log. */
  readonly unlogged: number;
  /** In the log, and neither accepted nor unknown. */
  readonly unowned: number;
}

const went = sql`m.origin = 'step' and m.state in ('accepted', 'sent', 'delivered', 'read')`;

export async function judge(db: Db, workspaceId: WorkspaceId, log: readonly LoggedMessage[]): Promise<Verdict> {
  await loadLog(db, log);
  const count = async (from: RawBuilder<unknown>): Promise<number> => {
    const { rows } = await sql<{ count: number }>`select count(*) as count from ${from}`.execute(db);
    return rows[0]?.count ?? 0;
  };
  const ours = sql`m.workspace_id = ${workspaceId}`;
  return {
    sent: log.length,
    unknown: await count(sql`messages m where ${ours} and m.state = 'unknown'`),
    duplicates: await count(sql`(select from faults_log group by recipient, sequence, step having count(*) > 1) twice`),
    lost: await count(sql`
      enrolments e where e.workspace_id = ${workspaceId} and e.ended_at is null and e.paused_at is null
        and not (e.held_at is not null and e.hold_reason = 'unknownDelivery' and e.waiting_for = 'unknown')
        and not (e.held_at is null and e.waiting_for = 'due' and e.due_at > andante_now())`),
    outside: await count(sql`
      messages m join faults_plans p on p.sequence_id = m.sequence_id and p.version = m.version and p.step_key = m.step_key
      where ${ours} and (${went} or m.state = 'unknown') and p.opens is not null
        and ((m.claimed_at at time zone 'UTC')::time not between p.opens and p.closes
          or (m.accepted_at at time zone 'UTC')::time not between p.opens and p.closes)`),
    afterStop: await count(sql`
      messages m join enrolments e on e.workspace_id = m.workspace_id and e.id = m.enrolment_id
      where ${ours} and (m.claimed_at > e.paused_at
        or (m.claimed_at > e.ended_at and e.exit_reason in ('removed', 'replied'))
        or exists (select from faults_stops s where s.enrolment_id = e.id and m.claimed_at > s.committed_at))`),
    early: await count(sql`
      messages m join faults_plans p on p.sequence_id = m.sequence_id and p.version = m.version and p.step_key = m.step_key
      left join messages b on b.workspace_id = m.workspace_id and b.enrolment_id = m.enrolment_id and b.step_number = m.step_number - 1
      where ${ours} and m.claimed_at is not null and (m.claimed_at < m.due_at
        or b.state in ('unknown', 'sending', 'queued', 'canceled')
        or (b.state = 'accepted' and m.claimed_at < b.accepted_at + p.wait_seconds * interval '1 second')
        or (b.id is null and m.step_key <> 'a'))`),
    unlogged: await count(sql`
      messages m where ${ours} and ${went} and not exists (select from faults_log l where l.message_id = m.id::text)`),
    unowned: await count(sql`
      faults_log l where not exists (
        select from messages m where ${ours} and m.id::text = l.message_id and (${went} or m.state = 'unknown'))`),
  };
}

/** The figures that must be 0 and are not. */
export function broken(verdict: Verdict): string[] {
  const { sent: _sent, unknown: _unknown, ...figures } = verdict;
  return Object.entries(figures).flatMap(([name, figure]) => (figure === 0 ? [] : [`${name}: ${figure}`]));
}

async function loadLog(db: Db, log: readonly LoggedMessage[]): Promise<void> {
  await sql`truncate faults_log`.execute(db);
  await sql`
    insert into faults_log (line, message_id, recipient, sequence, step)
    select x.line, x.message_id, x.recipient, x.sequence, x.step from ${rowSet(
      'x',
      log.map((entry, line) => ({ ...entry, line })),
      {
        line: ['int4', (row) => row.line],
        message_id: ['text', (row) => row.messageId],
        recipient: ['text', (row) => row.recipient],
        sequence: ['text', (row) => row.sequence],
        step: ['text', (row) => row.step],
      },
    )}`.execute(db);
}
