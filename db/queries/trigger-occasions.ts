/** Occasions of triggers: noted by the database in the transaction of a change, taken by the worker that enrols. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** What this transaction changes from here on is taken for: `engine`, the work of a step or a bot, which counts against loops;
 *  `none`, no occasion at all (a merge, something taken back). */
export async function setCause(tx: Tx, cause: 'engine' | 'none'): Promise<void> {
  await sql`select set_config('andante.cause', ${cause}, true)`.execute(tx);
}

/** Whether anything waits to be looked at, as far as this transaction sees. */
export async function hasOccasions(tx: Tx, workspaceId: WorkspaceId): Promise<boolean> {
  const { rows } = await sql<{ waits: boolean }>`
    select exists (select from trigger_occasions where workspace_id = ${workspaceId}) as waits`.execute(tx);
  return rows[0]?.waits ?? false;
}

/** A trigger with occasions: the next one after `after` in the order of ids, beginning again at the end. */
export async function findTriggerWithOccasions(db: Db, workspaceId: WorkspaceId, after: string | null): Promise<string | null> {
  const from = async (id: string | null): Promise<string | null> => {
    const { rows } = await sql<{ triggerId: string }>`
      select trigger_id from trigger_occasions
      where workspace_id = ${workspaceId} and (${id}::uuid is null or trigger_id > ${id}::uuid)
      order by trigger_id limit 1`.execute(db);
    return rows[0]?.triggerId ?? null;
  };
  return (after === null ? null : await from(after)) ?? from(null);
}

export interface Occasion {
  readonly contactId: string;
  readonly byEngine: boolean;
  readonly silentSince: Date | null;
}

/** Takes the oldest occasions that no other worker has in its hands. They are gone when the transaction commits.
 *  By `ctid`, which stands still while the row is locked: a table that fills and empties has no statistics, and a join by id would
 *  compare every row with every other. */
export async function takeOccasions(tx: Tx, workspaceId: WorkspaceId, triggerId: string, limit: number): Promise<Occasion[]> {
  const { rows } = await sql<Occasion>`
    delete from trigger_occasions where ctid = any(array(
      select ctid from trigger_occasions where workspace_id = ${workspaceId} and trigger_id = ${triggerId}
      order by id limit ${limit} for update skip locked))
    returning contact_id, by_engine, silent_since`.execute(tx);
  return rows;
}

/** How many automatic entries stand before the next one of each contact: those without any are missing. */
export async function listChainDepths(tx: Tx, workspaceId: WorkspaceId, contactIds: readonly string[]): Promise<Map<string, number>> {
  if (contactIds.length === 0) return new Map();
  const { rows } = await sql<{ contactId: string; depth: number }>`
    select distinct on (contact_id) contact_id, depth from trigger_contacts
    where workspace_id = ${workspaceId} and contact_id = any(${contactIds as string[]}::uuid[]) and entered_at is not null
    order by contact_id, entered_at desc`.execute(tx);
  return new Map(rows.map((row) => [row.contactId, row.depth]));
}

/** Those of the contacts whose present silence the trigger has seen already. */
export async function listSeenSilences(
  tx: Tx,
  workspaceId: WorkspaceId,
  triggerId: string,
  silent: readonly { readonly contactId: string; readonly silentSince: Date | null }[],
): Promise<ReadonlySet<string>> {
  if (silent.length === 0) return new Set();
  const { rows } = await sql<{ contactId: string }>`
    select v.contact_id from ${rowSet('v', silent, {
      contact_id: ['uuid', (row) => row.contactId],
      since: ['timestamptz', (row) => row.silentSince],
    })}
    where v.since <= (select k.silent_since from trigger_contacts k
      where k.workspace_id = ${workspaceId} and k.trigger_id = ${triggerId} and k.contact_id = v.contact_id)`.execute(tx);
  return new Set(rows.map((row) => row.contactId));
}

/** What a trigger shall remember of a contact that this transaction holds. */
export interface Remembered {
  readonly contactId: string;
  /** Automatic entries before this one; null when it was not let in. */
  readonly depth: number | null;
  readonly silentSince: Date | null;
}

export async function rememberContacts(
  tx: Tx,
  workspaceId: WorkspaceId,
  triggerId: string,
  contacts: readonly Remembered[],
): Promise<void> {
  if (contacts.length === 0) return;
  await sql`
    insert into trigger_contacts as k (workspace_id, trigger_id, contact_id, entered_at, depth, silent_since)
    select ${workspaceId}::uuid, ${triggerId}::uuid, v.contact_id, case when v.depth is not null then andante_now() end, coalesce(v.depth, 0), v.since
    from ${rowSet('v', contacts, {
      contact_id: ['uuid', (row) => row.contactId],
      depth: ['int4', (row) => row.depth],
      since: ['timestamptz', (row) => row.silentSince],
    })}
    order by v.contact_id
    on conflict (workspace_id, trigger_id, contact_id) do update set
      depth = case when excluded.entered_at is not null then excluded.depth else k.depth end,
      entered_at = coalesce(excluded.entered_at, k.entered_at),
      silent_since = greatest(excluded.silent_since, k.silent_since)`.execute(tx);
}

/** Adds to today's counts. */
export async function addTallies(tx: Tx, workspaceId: WorkspaceId, triggerId: string, counts: ReadonlyMap<string, number>): Promise<void> {
  if (counts.size === 0) return;
  await sql`
    insert into trigger_tallies as y (workspace_id, trigger_id, on_date, outcome, count)
    select ${workspaceId}::uuid, ${triggerId}::uuid, (andante_now() at time zone 'UTC')::date, v.outcome, v.count
    from ${rowSet('v', [...counts], { outcome: ['text', ([outcome]) => outcome], count: ['int8', ([, count]) => count] })}
    order by v.outcome
    on conflict (workspace_id, trigger_id, on_date, outcome) do update set count = y.count + excluded.count, last_at = excluded.last_at`.execute(
    tx,
  );
}
