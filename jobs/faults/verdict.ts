/** The invariants, by SQL: the tables of the product against the provider's log and the battery's own notes.
 *  Each figure but `sent` and `unknown` must be 0. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { rowSet } from '#db/row-set.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { LoggedMessage } from './trouble.ts';

/** How many of the rows that break a rule are shown. */
const shown = 3;

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
  /** Rows whose parent is gone or was never there, and messages under way that no claim knows. */
  readonly stranded: number;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What does not hold, each with its first rows; nothing when all is well. */
  readonly wrong: readonly string[];
}

const went = sql`m.origin = 'step' and m.state in ('accepted', 'sent', 'delivered', 'read')`;
const message = sql`concat_ws(' ', 'message', m.id, m.step_key, m.state, m.error_code, 'due', m.due_at, 'claimed', m.claimed_at, 'accepted', m.accepted_at)`;
const enrolment = sql`concat_ws(' ', 'enrolment', e.id, e.status, e.waiting_for, e.step_key, e.hold_reason, 'due', e.due_at)`;
const logLine = sql`concat_ws(' ', 'log', l.message_id, l.recipient, l.sequence, l.step)`;

export async function judge(db: Db, workspaceId: WorkspaceId, log: readonly LoggedMessage[]): Promise<Judgement> {
  await loadLog(db, log);
  const unknown = await sql`select from messages where workspace_id = ${workspaceId} and state = 'unknown'`.execute(db);
  const found: Record<string, number> = {};
  const wrong: string[] = [];
  for (const [name, offenders] of Object.entries(rules(workspaceId))) {
    const { rows } = await sql<{ text: string }>`${offenders}`.execute(db);
    found[name] = rows.length;
    if (rows.length > 0) wrong.push([`${name}: ${rows.length}`, ...rows.slice(0, shown).map(({ text }) => text)].join('\n    '));
  }
  const { duplicates = 0, lost = 0, outside = 0, afterStop = 0, early = 0, unlogged = 0, unowned = 0, stranded = 0 } = found;
  const verdict = {
    sent: log.length,
    unknown: unknown.rows.length,
    duplicates,
    lost,
    outside,
    afterStop,
    early,
    unlogged,
    unowned,
    stranded,
  };
  return { verdict, wrong };
}

/** The rows that break each rule, in words. */
function rules(workspaceId: WorkspaceId): Record<Exclude<keyof Verdict, 'sent' | 'unknown'>, RawBuilder<unknown>> {
  const ours = sql`m.workspace_id = ${workspaceId}`;
  return {
    duplicates: sql`
      select concat_ws(' ', recipient, sequence, step, string_agg(message_id, ' ')) as text from faults_log
      group by recipient, sequence, step having count(*) > 1`,
    lost: sql`
      select ${enrolment} as text from enrolments e
      where e.workspace_id = ${workspaceId} and e.ended_at is null and e.paused_at is null
        and not (e.held_at is not null and e.hold_reason = 'unknownDelivery' and e.waiting_for = 'unknown')
        and not (e.held_at is null and e.waiting_for = 'due' and e.due_at > andante_now())`,
    outside: sql`
      select ${message} as text
      from messages m join faults_plans p on p.sequence_id = m.sequence_id and p.version = m.version and p.step_key = m.step_key
      where ${ours} and (${went} or m.state = 'unknown') and p.opens is not null
        and ((m.claimed_at at time zone 'UTC')::time not between p.opens and p.closes
          or (m.accepted_at at time zone 'UTC')::time not between p.opens and p.closes)`,
    afterStop: sql`
      select ${message} as text from messages m join enrolments e on e.workspace_id = m.workspace_id and e.id = m.enrolment_id
      where ${ours} and (m.claimed_at > e.paused_at
        or (m.claimed_at > e.ended_at and e.exit_reason in ('removed', 'replied'))
        or exists (select from faults_stops s where s.enrolment_id = e.id and m.claimed_at > s.committed_at))`,
    // A wait counts from the minute of the acceptance.
    early: sql`
      select ${message} as text
      from messages m join faults_plans p on p.sequence_id = m.sequence_id and p.version = m.version and p.step_key = m.step_key
      left join messages b on b.workspace_id = m.workspace_id and b.enrolment_id = m.enrolment_id and b.step_number = m.step_number - 1
      where ${ours} and m.claimed_at is not null and (m.claimed_at < m.due_at
        or b.state in ('unknown', 'sending', 'queued', 'canceled')
        or (b.state = 'accepted' and m.claimed_at < date_trunc('minute', b.accepted_at) + p.wait_seconds * interval '1 second')
        or (b.id is null and m.step_key <> 'a'))`,
    unlogged: sql`
      select ${message} as text from messages m
      where ${ours} and ${went} and not exists (select from faults_log l where l.message_id = m.id::text)`,
    unowned: sql`
      select coalesce(${message}, ${logLine}) as text from faults_log l left join messages m on ${ours} and m.id::text = l.message_id
      where (${went} or m.state = 'unknown') is not true`,
    stranded: sql`
      select ${enrolment} as text from enrolments e
      where e.workspace_id = ${workspaceId} and not exists (select from contacts c where c.workspace_id = e.workspace_id and c.id = e.contact_id)
      union all
      select ${message} from messages m
      where ${ours} and m.origin = 'step'
        and not exists (select from enrolments e where e.workspace_id = m.workspace_id and e.id = m.enrolment_id and e.contact_id = m.contact_id)
      union all
      select concat_ws(' ', 'event', v.enrolment_id, v.kind) from enrolment_events v
      where v.workspace_id = ${workspaceId}
        and not exists (select from enrolments e where e.workspace_id = v.workspace_id and e.id = v.enrolment_id)
      union all
      select ${message} from messages m
      where ${ours} and m.state = 'sending' and not exists (
        select from message_claims k where k.workspace_id = m.workspace_id and k.token = m.claim_token and m.id = any(k.message_ids))`,
  };
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
