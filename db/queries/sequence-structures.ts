/** The structures of a sequence over its versions, newest first: what its steps were and where they stood. */
import { sql } from 'kysely';
import type { Definition } from '#server/domain/definition/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface SequenceStructure {
  readonly version: number;
  readonly definition: Definition;
}

/** Of `versions`, or of all. Newest first. */
export async function listStructures(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceId: string,
  versions?: readonly number[],
): Promise<SequenceStructure[]> {
  const wanted = versions ? sql`and version = any(${[...versions]}::int[])` : sql``;
  const { rows } = await sql<SequenceStructure>`
    select version, definition from sequence_versions
    where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} ${wanted} order by version desc`.execute(db);
  return rows;
}
