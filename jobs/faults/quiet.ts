/** After a fault: time is moved on until nothing is left to do, and what dead workers held comes to light. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { patiently } from './patience.ts';
import type { FaultDatabase } from './scenario.ts';
import { endOfWorld } from './world.ts';

interface Pulse {
  readonly now: Date;
  /** Enrolments and queued messages whose time has come. */
  readonly due: number;
  readonly sending: number;
  /** Which claims are under way, as one word that changes with any of them. */
  readonly claims: string;
  /** When the next of the others is due. */
  readonly nextAt: Date | null;
}

const patienceMs = 150_000;
/** A claim that does not move for so long, with nothing else to do and a provider that answers at once, is a dead worker's:
 *  longer than a living one waits between two tries to settle. */
const deadAfterMs = 7_000;

/** Resolves with true when it is quiet, with false when it did not become so. */
export async function becomesQuiet(database: FaultDatabase, workspaceId: WorkspaceId): Promise<boolean> {
  const untilMs = performance.now() + patienceMs;
  let claims = '';
  let unchangedSinceMs = performance.now();
  while (performance.now() < untilMs) {
    const pulse = await patiently(() => takePulse(database, workspaceId));
    if (pulse.due > 0 || pulse.claims !== claims) unchangedSinceMs = performance.now();
    claims = pulse.claims;
    if (pulse.due === 0 && pulse.sending > 0 && performance.now() - unchangedSinceMs > deadAfterMs) {
      await patiently(() => endDeadLeases(database, workspaceId));
    }
    if (pulse.due === 0 && pulse.sending === 0) {
      if (!pulse.nextAt || pulse.nextAt > endOfWorld) return true;
      await patiently(() => database.advanceClock(Math.max(0, Number(pulse.nextAt) - Number(pulse.now)) + 1));
    }
    await pause(50);
  }
  return false;
}

/** Leases last 90 s. Those that are left belong to workers that were killed, so they end now; the next maintenance makes
 *  `unknown` of them, as it would have done then. */
async function endDeadLeases({ db }: FaultDatabase, workspaceId: WorkspaceId): Promise<void> {
  await sql`
    update message_claims set lease_until = andante_now() - interval '1 second' where workspace_id = ${workspaceId}`.execute(db);
}

async function takePulse({ db }: FaultDatabase, workspaceId: WorkspaceId): Promise<Pulse> {
  const { rows } = await sql<Pulse>`
    with clock as (select andante_now() as at),
    waiting as (
      select e.due_at as at from enrolments e
      where e.workspace_id = ${workspaceId} and e.status = 'active' and e.waiting_for = 'due'
      union all
      select m.next_attempt_at from messages m
      join enrolments e on e.workspace_id = m.workspace_id and e.id = m.enrolment_id
      where m.workspace_id = ${workspaceId} and m.state = 'queued' and e.status = 'active'
    ),
    under_way as (select id, claim_token from messages where workspace_id = ${workspaceId} and state = 'sending')
    select clock.at as now, (select count(*) from waiting w where w.at <= clock.at) as due,
      (select count(*) from under_way) as sending,
      (select coalesce(string_agg(id::text || claim_token::text, ',' order by id), '') from under_way) as claims,
      (select min(w.at) from waiting w where w.at > clock.at) as next_at
    from clock`.execute(db);
  const [pulse] = rows;
  if (!pulse) throw new Error('The database did not answer.');
  return pulse;
}
