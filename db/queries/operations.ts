/** Recorded intents over many rows, with the cursor of the worker that applies them. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import type { EventActor } from './enrolment-events.ts';

export interface OperationRow {
  readonly id: string;
  readonly kind: string;
  readonly payload: unknown;
  readonly status: 'queued' | 'running' | 'done' | 'failed' | 'canceled';
  readonly total: number | null;
  readonly done: number;
  readonly accepted: number;
  readonly refusals: readonly Readonly<Record<string, string>>[];
  readonly cursor: string | null;
  readonly error: string | null;
  readonly actorKind: EventActor['kind'];
  readonly actorId: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

const columns = [
  'id',
  'kind',
  'payload',
  'status',
  'total',
  'done',
  'accepted',
  'cursor',
  'error',
  'actorId',
  'createdAt',
  'finishedAt',
] as const;
const typed = [
  sql<EventActor['kind']>`actor_kind`.as('actorKind'),
  sql<OperationRow['status']>`status`.as('status'),
  sql<OperationRow['refusals']>`refusals`.as('refusals'),
] as const;

export async function insertOperation(
  tx: Tx,
  workspaceId: WorkspaceId,
  operation: { readonly kind: string; readonly payload: unknown; readonly total: number | null; readonly actor: EventActor },
): Promise<string> {
  const { id } = await tx
    .insertInto('operations')
    .values({
      workspaceId,
      kind: operation.kind,
      payload: JSON.stringify(operation.payload),
      total: operation.total,
      actorKind: operation.actor.kind,
      actorId: operation.actor.id,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

export async function findOperation(db: Db, workspaceId: WorkspaceId, id: string): Promise<OperationRow | null> {
  const row = await db
    .selectFrom('operations')
    .select(columns)
    .select(typed)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .executeTakeFirst();
  return (row as OperationRow | undefined) ?? null;
}

/** The row while nobody else works on it; null when another worker does, or when there is none. */
export async function lockOperation(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<OperationRow | null> {
  const row = await tx
    .selectFrom('operations')
    .select(columns)
    .select(typed)
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forNoKeyUpdate()
    .skipLocked()
    .executeTakeFirst();
  return (row as OperationRow | undefined) ?? null;
}

const keptRefusals = 1_000;

/** Adds one chunk's counts and moves the cursor; the first refusals are kept for people to read. A counted total grows with those who come in
 *  meanwhile, and at the end is how many there were. */
export async function advanceOperation(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  chunk: {
    readonly cursor: string | null;
    readonly done: number;
    readonly accepted: number;
    readonly refused: readonly Readonly<Record<string, string>>[];
    readonly finished: boolean;
  },
): Promise<void> {
  await sql`
    update operations set cursor = coalesce(${chunk.cursor}::uuid, cursor), done = done + ${chunk.done}, accepted = accepted + ${chunk.accepted},
      total = case when total is not null then greatest(done + ${chunk.done}, case when ${!chunk.finished} then total end) end,
      refusals = case when jsonb_array_length(refusals) < ${keptRefusals} then refusals || ${JSON.stringify(chunk.refused)}::jsonb else refusals end,
      status = ${chunk.finished ? 'done' : 'running'}, finished_at = case when ${chunk.finished} then andante_now() end
    where workspace_id = ${workspaceId} and id = ${id}`.execute(tx);
}

/** Ends it unless it has ended. Answers whether it was still open. */
export async function endOperation(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
  end: { readonly status: 'failed' | 'canceled'; readonly error: string | null },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('operations')
    .set({ status: end.status, error: end.error, finishedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('status', 'in', ['queued', 'running'])
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
