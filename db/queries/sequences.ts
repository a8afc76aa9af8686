/** Sequences: the editable draft, its revision, and what is live. */
import { sql } from 'kysely';
import type { Definition } from '#server/domain/definition/schema.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export type SequenceStatus = 'draft' | 'running' | 'paused' | 'archived';

export interface SequenceRow {
  readonly id: string;
  readonly name: string;
  readonly status: SequenceStatus;
  /** As `definitionSchema` made it. */
  readonly draft: Definition;
  readonly draftRevision: number;
  readonly liveVersion: number | null;
  readonly planRevision: number;
  /** Higher goes first where the frequency cap leaves no room for everything; 0 unless set. */
  readonly priority: number;
  readonly pausedAt: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const columns = sql`id, name, status, draft, draft_revision, live_version, plan_revision, priority, paused_at, created_at, updated_at`;

export async function findSequence(db: Db, workspaceId: WorkspaceId, id: string): Promise<SequenceRow | null> {
  const { rows } = await sql<SequenceRow>`
    select ${columns} from sequences where workspace_id = ${workspaceId} and id = ${id}`.execute(db);
  return rows[0] ?? null;
}

export async function getSequence(db: Db, workspaceId: WorkspaceId, id: string): Promise<SequenceRow> {
  const row = await findSequence(db, workspaceId, id);
  if (!row) throw notFound('sequence', id);
  return row;
}

/** Holds the row against other changes of the sequence, and against every claim of its enrolments. */
export async function lockSequenceRow(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<SequenceRow> {
  const { rows } = await sql<SequenceRow>`
    select ${columns} from sequences where workspace_id = ${workspaceId} and id = ${id} for no key update`.execute(tx);
  if (!rows[0]) throw notFound('sequence', id);
  return rows[0];
}

export async function insertSequence(tx: Tx, workspaceId: WorkspaceId, sequence: { name: string; draft: Definition }): Promise<string> {
  const row = await tx
    .insertInto('sequences')
    .values({ workspaceId, name: sequence.name, draft: JSON.stringify(sequence.draft) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Replaces the draft of a locked sequence; returns its new revision. */
export async function updateDraft(tx: Tx, workspaceId: WorkspaceId, id: string, draft: Definition): Promise<number> {
  const { rows } = await sql<{ draftRevision: number }>`
    update sequences set draft = ${JSON.stringify(draft)}::jsonb, draft_revision = draft_revision + 1, updated_at = andante_now()
    where workspace_id = ${workspaceId} and id = ${id} returning draft_revision`.execute(tx);
  if (!rows[0]) throw notFound('sequence', id);
  return rows[0].draftRevision;
}

export async function updateSequenceName(tx: Tx, workspaceId: WorkspaceId, id: string, name: string): Promise<void> {
  await sql`
    update sequences set name = ${name}, updated_at = andante_now() where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

export async function updateSequencePriority(tx: Tx, workspaceId: WorkspaceId, id: string, priority: number): Promise<void> {
  await sql`update sequences set priority = ${priority} where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

/** A locked sequence goes live in `version`: one that was never published begins to run, a paused one stays paused. */
export async function markPublished(tx: Tx, workspaceId: WorkspaceId, id: string, version: number): Promise<void> {
  await sql`
    update sequences set live_version = ${version}, plan_revision = plan_revision + 1, updated_at = andante_now(),
      status = case when status = 'draft' then 'running' else status end
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}
