/** Triggers: what they watch, whom they enrol, and how often which outcome was. */
import { sql } from 'kysely';
import type { TriggerCondition, TriggerKind, TriggerOn } from '#server/domain/trigger.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface TriggerRow {
  readonly id: string;
  readonly sequenceId: string;
  readonly sequenceName: string;
  readonly kind: TriggerKind;
  /** Null for other kinds, and when the tag is gone. */
  readonly tag: string | null;
  readonly field: string | null;
  readonly becomes: string | number | boolean | null;
  readonly silence: 'notContacted' | 'noReply' | null;
  readonly days: number | null;
  readonly condition: TriggerCondition;
  readonly enabled: boolean;
  readonly createdAt: Date;
}

const columns = sql`t.id, t.sequence_id, s.name as sequence_name, t.kind, g.name as tag, t.field, t.becomes, t.silence, t.days, t.condition,
  t.enabled, t.created_at`;
const joined = sql`triggers t
  join sequences s on s.workspace_id = t.workspace_id and s.id = t.sequence_id
  left join tags g on g.workspace_id = t.workspace_id and g.id = t.tag_id`;

/** Newest first; `before` is the id of the last one already seen. */
export async function listTriggers(
  db: Db,
  workspaceId: WorkspaceId,
  filter: { readonly sequenceId: string | null },
  page: { readonly before: string | null; readonly limit: number },
): Promise<TriggerRow[]> {
  const { rows } = await sql<TriggerRow>`
    select ${columns} from ${joined}
    where t.workspace_id = ${workspaceId} and (${filter.sequenceId}::uuid is null or t.sequence_id = ${filter.sequenceId}::uuid)
      and (${page.before}::uuid is null or t.id < ${page.before}::uuid)
    order by t.id desc limit ${page.limit}`.execute(db);
  return rows;
}

/** One whose condition names the segment. */
export async function findTriggerOfSegment(db: Db, workspaceId: WorkspaceId, segmentId: string): Promise<TriggerRow | null> {
  const { rows } = await sql<TriggerRow>`
    select ${columns} from ${joined}
    where t.workspace_id = ${workspaceId} and jsonb_path_exists(t.condition, '$.**.segmentId ? (@ == $id)', jsonb_build_object('id', ${segmentId}::text))
    order by t.id limit 1`.execute(db);
  return rows[0] ?? null;
}

export async function findTrigger(db: Db, workspaceId: WorkspaceId, id: string): Promise<TriggerRow | null> {
  const { rows } = await sql<TriggerRow>`
    select ${columns} from ${joined} where t.workspace_id = ${workspaceId} and t.id = ${id}`.execute(db);
  return rows[0] ?? null;
}

/** Holds the row against deletion, so that nobody deletes it while its occasions are being looked at. */
export async function shareTrigger(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<TriggerRow | null> {
  await sql`select from triggers where workspace_id = ${workspaceId} and id = ${id} for key share`.execute(tx);
  return findTrigger(tx, workspaceId, id);
}

/** Holds the row against other changes. */
export async function lockTrigger(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<TriggerRow | null> {
  await sql`select from triggers where workspace_id = ${workspaceId} and id = ${id} for no key update`.execute(tx);
  return findTrigger(tx, workspaceId, id);
}

export async function countTriggers(db: Db, workspaceId: WorkspaceId): Promise<number> {
  const { count } = await db
    .selectFrom('triggers')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('workspaceId', '=', workspaceId)
    .executeTakeFirstOrThrow();
  return count;
}

/** What a trigger watches, as its columns hold it. */
function watched(on: TriggerOn, tagId: string | null) {
  return {
    kind: on.kind,
    tagId,
    field: on.kind === 'fieldChanged' ? on.field : null,
    becomes: on.kind === 'fieldChanged' && on.becomes !== undefined ? JSON.stringify(on.becomes) : null,
    silence: on.kind === 'inactivity' ? on.silence : null,
    days: on.kind === 'inactivity' ? on.days : null,
  };
}

export async function insertTrigger(
  tx: Tx,
  workspaceId: WorkspaceId,
  trigger: {
    readonly sequenceId: string;
    readonly on: TriggerOn;
    readonly tagId: string | null;
    readonly condition: TriggerCondition;
    readonly enabled: boolean;
    readonly createdByKind: string;
    readonly createdBy: string | null;
  },
): Promise<string> {
  const { on, tagId, condition, ...rest } = trigger;
  const { id } = await tx
    .insertInto('triggers')
    .values({ workspaceId, ...rest, ...watched(on, tagId), condition: JSON.stringify(condition) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** A changed trigger looks for silent contacts anew. */
export async function updateTrigger(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  change: {
    readonly watches: { readonly on: TriggerOn; readonly tagId: string | null } | null;
    readonly condition: TriggerCondition;
    readonly enabled: boolean;
  },
): Promise<void> {
  await tx
    .updateTable('triggers')
    .set({
      ...(change.watches ? watched(change.watches.on, change.watches.tagId) : {}),
      condition: JSON.stringify(change.condition),
      enabled: change.enabled,
      lookAfter: null,
      lookedAt: null,
      updatedAt: sql<Date>`andante_now()`,
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
  if (!change.watches) return;
  // The silences that it saw were of another kind.
  await tx
    .updateTable('triggerContacts')
    .set({ silentSince: null })
    .where('workspaceId', '=', workspaceId)
    .where('triggerId', '=', id)
    .execute();
}

/** With what it has not looked at yet, what it remembers and its counts. Answers whether it was there. */
export async function deleteTriggerRow(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom('triggers').where('workspaceId', '=', workspaceId).where('id', '=', id).executeTakeFirst();
  return numDeletedRows > 0n;
}

export interface TriggerTally {
  readonly triggerId: string;
  readonly outcome: string;
  readonly count: number;
  readonly lastAt: Date;
}

/** Since each trigger was made. */
export async function listTriggerTallies(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<TriggerTally[]> {
  const { rows } = await sql<TriggerTally>`
    select trigger_id, outcome, sum(count)::bigint as count, max(last_at) as last_at from trigger_tallies
    where workspace_id = ${workspaceId} and trigger_id = any(${ids as string[]}::uuid[])
    group by trigger_id, outcome order by count desc, outcome`.execute(db);
  return rows;
}
