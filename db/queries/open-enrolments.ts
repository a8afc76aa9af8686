/** The enrolments of one contact that have not ended. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

export interface OpenEnrolmentRow {
  readonly id: string;
  readonly sequenceId: string;
  readonly version: number;
  readonly startedAt: Date;
}

export async function listOpenEnrolments(db: Db, workspaceId: WorkspaceId, contactId: string): Promise<OpenEnrolmentRow[]> {
  const { rows } = await sql<OpenEnrolmentRow>`
    select id, sequence_id, version, started_at from enrolments
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and ended_at is null order by id`.execute(db);
  return rows;
}

export async function countOpenEnrolments(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from enrolments
    where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} and ended_at is null`.execute(db);
  return rows[0]?.count ?? 0;
}

/** The next ones of a sequence in the order of ids, for work in chunks. */
export async function listOpenEnrolmentIds(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceId: string,
  chunk: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const after = chunk.after === null ? sql`` : sql`and id > ${chunk.after}`;
  const { rows } = await sql<{ id: string }>`
    select id from enrolments where workspace_id = ${workspaceId} and sequence_id = ${sequenceId} and ended_at is null ${after}
    order by id limit ${chunk.limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** The same over several sequences. */
export async function listOpenEnrolmentIdsOf(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceIds: readonly string[],
  chunk: { readonly after: string | null; readonly limit: number },
): Promise<string[]> {
  const after = chunk.after === null ? sql`` : sql`and id > ${chunk.after}`;
  const { rows } = await sql<{ id: string }>`
    select id from enrolments where workspace_id = ${workspaceId} and sequence_id = any(${[...sequenceIds]}::uuid[]) and ended_at is null
    ${after} order by id limit ${chunk.limit}`.execute(db);
  return rows.map((row) => row.id);
}

/** Of several contacts, in the order of ids. */
export async function listOpenEnrolmentIdsOfContacts(db: Db, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<string[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<{ id: string }>`
    select id from enrolments where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[]) and ended_at is null
    order by id`.execute(db);
  return rows.map((row) => row.id);
}

/** The same with their contacts; only those in `sequenceId` unless it is null. */
export async function listOpenEnrolmentsOfContacts(
  db: Db,
  workspaceId: WorkspaceId,
  contactIds: readonly string[],
  sequenceId: string | null,
): Promise<{ readonly id: string; readonly contactId: string }[]> {
  if (contactIds.length === 0) return [];
  const { rows } = await sql<{ id: string; contactId: string }>`
    select id, contact_id from enrolments where workspace_id = ${workspaceId} and contact_id = any(${[...contactIds]}::uuid[])
      and (${sequenceId}::uuid is null or sequence_id = ${sequenceId}) and ended_at is null order by id`.execute(db);
  return rows;
}

/** The keys under which parallel runs are told apart, by the ids of the enrolments. */
export async function listKeysOfEnrolments(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ id: string; key: string }>`
    select id, key from enrolments where workspace_id = ${workspaceId} and id = any(${[...ids]}::uuid[])`.execute(db);
  return new Map(rows.map((row) => [row.id, row.key]));
}
