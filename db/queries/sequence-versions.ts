/** Published versions, which never change, and the revisions of their steps' texts, of which the latest counts. */
import { sql } from 'kysely';
import type { Definition } from '#server/domain/definition/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface VersionRow {
  readonly version: number;
  readonly definition: Definition;
  readonly publishedAt: Date;
}

/** The version that is live; null before the first publishing. */
export async function findLiveVersion(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<VersionRow | null> {
  const { rows } = await sql<VersionRow>`
    select v.version, v.definition, v.published_at
    from sequences s
    join sequence_versions v on v.workspace_id = s.workspace_id and v.sequence_id = s.id and v.version = s.live_version
    where s.workspace_id = ${workspaceId} and s.id = ${sequenceId}`.execute(db);
  return rows[0] ?? null;
}

/** Adds the next version; returns its number, 1 for the first. The sequence's row is locked. */
export async function insertVersion(
  tx: Tx,
  workspaceId: WorkspaceId,
  version: { sequenceId: string; definition: Definition; publishedBy: string | null },
): Promise<number> {
  const { rows } = await sql<{ version: number }>`
    insert into sequence_versions (workspace_id, sequence_id, version, definition, published_at, published_by)
    select ${workspaceId}, ${version.sequenceId}, coalesce(max(version), 0) + 1, ${JSON.stringify(version.definition)}::jsonb,
           andante_now(), ${version.publishedBy}::uuid
    from sequence_versions where workspace_id = ${workspaceId} and sequence_id = ${version.sequenceId}
    returning version`.execute(tx);
  return rows[0]?.version ?? 1;
}

export interface StepContent {
  readonly stepKey: string;
  /** What is rendered: `{ subject?, body, html?, fallback? }`. */
  readonly content: Readonly<Record<string, string>>;
}

/** Adds a revision for every step whose texts differ from its latest revision, in one statement. Returns how many did. */
export async function insertChangedContents(
  tx: Tx,
  workspaceId: WorkspaceId,
  input: { sequenceId: string; contents: readonly StepContent[]; createdBy: string | null },
): Promise<number> {
  if (input.contents.length === 0) return 0;
  const { rows } = await sql<{ stepKey: string }>`
    insert into step_contents (workspace_id, sequence_id, step_key, revision, content, created_at, created_by)
    select ${workspaceId}, ${input.sequenceId}, n.step_key, coalesce(latest.revision, 0) + 1, n.content, andante_now(), ${input.createdBy}::uuid
    from jsonb_to_recordset(${JSON.stringify(input.contents.map((row) => ({ step_key: row.stepKey, content: row.content })))}::jsonb)
      as n(step_key text, content jsonb)
    left join lateral (
      select revision, content from step_contents c
      where c.workspace_id = ${workspaceId} and c.sequence_id = ${input.sequenceId} and c.step_key = n.step_key
      order by revision desc limit 1
    ) latest on true
    where latest.content is distinct from n.content
    returning step_key`.execute(tx);
  return rows.length;
}
