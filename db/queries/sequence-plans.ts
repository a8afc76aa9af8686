/** What the engine reads of a sequence: its state, its rules, its published versions, the latest texts of its steps. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface SequenceState {
  readonly id: string;
  readonly name: string;
  readonly status: 'draft' | 'running' | 'paused' | 'archived';
  readonly liveVersion: number | null;
  readonly planRevision: number;
  /** Who goes first where contacts may not get everything: higher before lower. */
  readonly priority: number;
  readonly pausedAt: Date | null;
  readonly workspaceName: string;
  /** The database's instant of this very read. */
  readonly now: Date;
}

function selectState(db: Db, workspaceId: WorkspaceId, sequenceId: string, lock: 'share' | 'update' | null): Promise<SequenceState | null> {
  const locking = lock === null ? sql`` : lock === 'share' ? sql`for share of s` : sql`for no key update of s`;
  return sql<SequenceState>`
    select s.id, s.name, s.status, s.live_version, s.plan_revision, s.priority, s.paused_at, w.name as workspace_name, andante_now() as now
    from sequences s join workspaces w on w.id = s.workspace_id
    where s.workspace_id = ${workspaceId} and s.id = ${sequenceId} ${locking}`
    .execute(db)
    .then(({ rows }) => rows[0] ?? null);
}

export function findSequenceState(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<SequenceState | null> {
  return selectState(db, workspaceId, sequenceId, null);
}

/** Holds the row so that no pause, archive or publication commits before this transaction ends. */
export function shareSequence(tx: Tx, workspaceId: WorkspaceId, sequenceId: string): Promise<SequenceState | null> {
  return selectState(tx, workspaceId, sequenceId, 'share');
}

/** Holds the row against every claim: waits for claims that are under way, and none begins until this transaction ends. */
export function lockSequence(tx: Tx, workspaceId: WorkspaceId, sequenceId: string): Promise<SequenceState | null> {
  return selectState(tx, workspaceId, sequenceId, 'update');
}

/** The same for every sequence, in the order of their ids: one that is paused may run in the next moment. */
export async function lockSequences(tx: Tx, workspaceId: WorkspaceId): Promise<void> {
  await sql`select from sequences where workspace_id = ${workspaceId} order by id for no key update`.execute(tx);
}

export async function findVersionDefinition(db: Db, workspaceId: WorkspaceId, sequenceId: string, version: number): Promise<unknown> {
  const row = await db
    .selectFrom('sequenceVersions')
    .select('definition')
    .where('workspaceId', '=', workspaceId)
    .where('sequenceId', '=', sequenceId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.definition ?? null;
}

export interface StepContentRow {
  readonly stepKey: string;
  readonly content: unknown;
}

/** The newest revision of every step's texts; steps whose texts were never revised are missing. */
export async function listLatestContents(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<StepContentRow[]> {
  const { rows } = await sql<StepContentRow>`
    select distinct on (step_key) step_key, content from step_contents
    where workspace_id = ${workspaceId} and sequence_id = ${sequenceId}
    order by step_key, revision desc`.execute(db);
  return rows;
}
