/** What the sweep looks at: one index probe per running sequence, per account, per workspace. It only reads. */
import { sql } from 'kysely';
import type { Db, Tx } from '../client.ts';
import { importIsOpen } from './imports.ts';
import { isTimeToLook } from './silent-contacts.ts';

const sweepLock = 4_177_001;

/** True when no other worker sweeps at this moment; held to the end of the transaction. */
export async function tryToSweep(tx: Tx): Promise<boolean> {
  const { rows } = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${sweepLock}) as got`.execute(tx);
  return rows[0]?.got ?? false;
}

export interface SequenceToArm {
  readonly workspaceId: string;
  readonly sequenceId: string;
  readonly at: Date;
}

/** Running sequences whose next step is due before `until`. */
export async function listSequencesToArm(db: Db, until: Date): Promise<SequenceToArm[]> {
  const { rows } = await sql<SequenceToArm>`
    select s.workspace_id, s.id as sequence_id, d.due_at as at
    from sequences s
    cross join lateral (
      select e.due_at from enrolments e
      where e.workspace_id = s.workspace_id and e.sequence_id = s.id and e.ended_at is null and e.paused_at is null and e.held_at is null
        and e.waiting_for = 'due' and e.due_at is not null
      order by e.due_at limit 1
    ) d
    where s.status = 'running' and d.due_at <= ${until}`.execute(db);
  return rows;
}

export interface AccountToArm {
  readonly workspaceId: string;
  readonly channelAccountId: string;
  readonly at: Date;
}

/** Accounts, not paused ones, whose next queued message may go before `until`; a deleted one's retries are passed over then. */
export async function listAccountsToArm(db: Db, until: Date): Promise<AccountToArm[]> {
  const { rows } = await sql<AccountToArm>`
    select a.workspace_id, a.id as channel_account_id, q.next_attempt_at as at
    from channel_accounts a
    cross join lateral (
      select m.next_attempt_at from messages m
      where m.workspace_id = a.workspace_id and m.channel_account_id = a.id and m.next_attempt_at is not null
      order by m.next_attempt_at limit 1
    ) q
    where (a.status <> 'paused' or a.deleted_at is not null) and q.next_attempt_at <= ${until}`.execute(db);
  return rows;
}

/** Workspaces where something must be written: a lease ran out, a hold, a pause or a bot's patience is over. */
export async function listWorkspacesToMaintain(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspaces w
    where exists (select from message_claims c where c.workspace_id = w.id and c.lease_until < andante_now())
      or exists (select from enrolments e where e.workspace_id = w.id and e.held_until <= andante_now() and e.held_at is not null and e.ended_at is null)
      or exists (select from enrolments e where e.workspace_id = w.id and e.paused_until <= andante_now() and e.paused_until is not null and e.ended_at is null)
      or exists (select from bot_sessions b where b.workspace_id = w.id and b.ended_at is null and b.expires_at <= andante_now())`.execute(
    db,
  );
  return rows.map((row) => row.id);
}

/** Workspaces where occasions of triggers wait, or where it is time to look for silent contacts. */
export async function listWorkspacesWithOccasions(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select w.id from workspaces w
    where exists (select from trigger_occasions o where o.workspace_id = w.id)
      or exists (select from triggers t where t.workspace_id = w.id and ${isTimeToLook})`.execute(db);
  return rows.map((row) => row.id);
}

export interface OpenWork {
  readonly kind: 'operation' | 'import';
  readonly workspaceId: string;
  readonly id: string;
}

/** Operations and imports that have not ended. */
export async function listOpenWork(db: Db): Promise<OpenWork[]> {
  const { rows } = await sql<OpenWork>`
    select 'operation' as kind, workspace_id, id from operations where status in ('queued', 'running')
    union all
    select 'import', workspace_id, id from imports where ${importIsOpen}`.execute(db);
  return rows;
}
