/** Channel accounts: who sends. The sealed secret leaves this file only through `findAccountToOpen`. */
import { type Selectable, sql } from 'kysely';
import type { ChannelKind } from '#server/channels/channel.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import type { ChannelAccounts } from '../schema.gen.ts';

export type ChannelAccountStatus = 'active' | 'paused' | 'failing';

/** The most messages in any such period; null: no cap. */
export interface SenderCaps {
  readonly capPerMinute: number | null;
  readonly capPerHour: number | null;
  readonly capPerDay: number | null;
}

export type ChannelAccountRow = Pick<
  Selectable<ChannelAccounts>,
  'id' | 'name' | 'ratePerSecond' | 'capPerMinute' | 'capPerHour' | 'capPerDay' | 'lastError' | 'lastErrorAt' | 'createdAt' | 'revision'
> & {
  readonly kind: ChannelKind;
  readonly status: ChannelAccountStatus;
  readonly config: Record<string, unknown>;
  readonly hasSecret: boolean;
};

function selectAccounts(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom('channelAccounts')
    .select(['id', 'name', 'ratePerSecond', 'capPerMinute', 'capPerHour', 'capPerDay', 'lastError', 'lastErrorAt', 'createdAt', 'revision'])
    .select(sql<ChannelKind>`kind`.as('kind'))
    .select(sql<ChannelAccountStatus>`status`.as('status'))
    .select(sql<Record<string, unknown>>`config`.as('config'))
    .select(sql<boolean>`secret is not null`.as('hasSecret'))
    .where('workspaceId', '=', workspaceId)
    .where('deletedAt', 'is', null);
}

/** In the order they were made. `after`: the id of the last one already seen. */
export function listChannelAccounts(
  db: Db,
  workspaceId: WorkspaceId,
  page: { after: string | null; limit: number },
): Promise<ChannelAccountRow[]> {
  return selectAccounts(db, workspaceId)
    .$if(page.after !== null, (query) => query.where('id', '>', page.after))
    .orderBy('id')
    .limit(page.limit)
    .execute();
}

export async function findChannelAccount(db: Db, workspaceId: WorkspaceId, id: string): Promise<ChannelAccountRow | null> {
  const row = await selectAccounts(db, workspaceId).where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

export async function getChannelAccount(db: Db, workspaceId: WorkspaceId, id: string): Promise<ChannelAccountRow> {
  const row = await findChannelAccount(db, workspaceId, id);
  if (!row) throw notFound('channel account', id);
  return row;
}

export async function lockChannelAccount(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<ChannelAccountRow> {
  const row = await selectAccounts(tx, workspaceId).where('id', '=', id).forUpdate().executeTakeFirst();
  if (!row) throw notFound('channel account', id);
  return row;
}

export async function findSandboxAccountId(db: Db, workspaceId: WorkspaceId): Promise<string | null> {
  const row = await db
    .selectFrom('channelAccounts')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', 'sandbox')
    .where('deletedAt', 'is', null)
    .orderBy('id')
    .executeTakeFirst();
  return row?.id ?? null;
}

/** What a sender is opened with. `revision` changes whenever any of it does. */
export interface AccountToOpen {
  readonly kind: ChannelKind;
  readonly config: Record<string, unknown>;
  readonly secret: Buffer | null;
  readonly revision: number;
}

/** Of one that is not deleted; paused ones too: whether to send is the engine's decision. */
export async function findAccountToOpen(db: Db, workspaceId: WorkspaceId, id: string): Promise<AccountToOpen | null> {
  const row = await db
    .selectFrom('channelAccounts')
    .select(['secret', 'revision'])
    .select(sql<ChannelKind>`kind`.as('kind'))
    .select(sql<Record<string, unknown>>`config`.as('config'))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .executeTakeFirst();
  return row ?? null;
}

/** A fresh id, for an account whose secret must be sealed before its row is written. */
export async function nextAccountId(db: Db): Promise<string> {
  const { rows } = await sql<{ id: string }>`select uuidv7() as id`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database did not answer with an id.');
  return row.id;
}

export async function insertChannelAccount(
  tx: Tx,
  workspaceId: WorkspaceId,
  account: {
    id?: string;
    kind: ChannelKind;
    name: string;
    config: unknown;
    secret: Buffer | null;
    ratePerSecond: number;
  } & Partial<SenderCaps>,
): Promise<string> {
  const { id } = await tx
    .insertInto('channelAccounts')
    .values({ ...account, workspaceId, config: JSON.stringify(account.config), tokens: account.ratePerSecond })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes what is given and counts the revision up, so that every process opens the account anew. */
export async function updateChannelAccount(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  change: {
    name?: string;
    config?: unknown;
    secret?: Buffer | null;
    ratePerSecond?: number;
    status?: ChannelAccountStatus;
  } & Partial<SenderCaps>,
): Promise<void> {
  const { config, ...columns } = change;
  await tx
    .updateTable('channelAccounts')
    .set({
      ...columns,
      ...(config === undefined ? {} : { config: JSON.stringify(config) }),
      ...(change.status === 'active' ? { lastError: null, lastErrorAt: null } : {}),
      revision: sql<number>`revision + 1`,
    })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Says by a stable code (`ChannelProblemCode`) what keeps an account from sending, or (null) that it sends again. A pause by a member
 *  stays a pause. */
export async function recordAccountTrouble(db: Db, workspaceId: WorkspaceId, id: string, error: string | null): Promise<void> {
  await db
    .updateTable('channelAccounts')
    .set(
      error === null
        ? { status: 'active', lastError: null, lastErrorAt: null }
        : { status: 'failing', lastError: error.slice(0, 500), lastErrorAt: sql<Date>`andante_now()` },
    )
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('status', '=', sql<string>`any(${error === null ? ['failing'] : ['active', 'failing']}::text[])`)
    .execute();
}

/** The row stays for the messages that point at it; its secret goes. */
export async function markChannelAccountDeleted(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx
    .updateTable('channelAccounts')
    .set({ deletedAt: sql<Date>`andante_now()`, secret: null, status: 'paused', revision: sql<number>`revision + 1` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Sequences that would go on sending through the account: those running or paused, and those with people under way,
 *  in whichever version names it. */
export async function listSequencesUsingAccount(
  db: Db,
  workspaceId: WorkspaceId,
  id: string,
): Promise<{ id: string; name: string; status: string }[]> {
  const { rows } = await sql<{ id: string; name: string; status: string }>`
    select s.id, s.name, s.status from sequences s
    where s.workspace_id = ${workspaceId} and s.status in ('running', 'paused')
      and exists (
        select from sequence_versions v
        where v.workspace_id = s.workspace_id and v.sequence_id = s.id
          and (v.version = s.live_version or exists (
            select from enrolments e
            where e.workspace_id = v.workspace_id and e.sequence_id = v.sequence_id and e.version = v.version and e.ended_at is null))
          and jsonb_path_exists(v.definition, '$.**.channelAccountId ? (@ == $id)', jsonb_build_object('id', ${id}::text)))
    order by s.name, s.id`.execute(db);
  return rows;
}

/** How sending through an account goes. */
export interface AccountHealth {
  readonly queued: number;
  readonly unknown: number;
  readonly acceptedLastDay: number;
  readonly failedLastDay: number;
  readonly lastAcceptedAt: Date | null;
}

export async function getAccountHealth(db: Db, workspaceId: WorkspaceId, id: string): Promise<AccountHealth> {
  const { rows } = await sql<AccountHealth>`
    select count(*) filter (where state = 'queued') as queued,
           count(*) filter (where state = 'unknown') as unknown,
           count(*) filter (where accepted_at > andante_now() - interval '1 day') as accepted_last_day,
           count(*) filter (where state = 'failed' and failed_at > andante_now() - interval '1 day') as failed_last_day,
           max(accepted_at) as last_accepted_at
    from messages
    where workspace_id = ${workspaceId} and channel_account_id = ${id} and direction = 'out'
      and (state in ('queued', 'unknown') or claimed_at > andante_now() - interval '2 days')`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database did not answer with counts.');
  return row;
}

/** What bots and members wanted to say through an account that is gone will never go out: it is canceled, and says why.
 *  Retries of steps are passed over by the account's next delivery, so that their enrolments go on. What a delivery holds
 *  at this moment is left to the next one: it may be waiting for the account's row, which the caller holds. */
export async function cancelQueuedTalk(tx: Tx, workspaceId: WorkspaceId, channelAccountId: string): Promise<number> {
  const { rows } = await sql`
    with free as (
      select id from messages
      where workspace_id = ${workspaceId} and channel_account_id = ${channelAccountId} and next_attempt_at is not null and origin <> 'step'
      for no key update skip locked
    )
    update messages m set state = 'canceled', reason = 'channelDeleted', next_attempt_at = null
    from free where m.workspace_id = ${workspaceId} and m.id = free.id
    returning m.id`.execute(tx);
  return rows.length;
}

/** Deleted ones too: plans may still speak of them. */
export async function listAccountIdsOfKind(db: Db, workspaceId: WorkspaceId, kind: string): Promise<string[]> {
  const rows = await db
    .selectFrom('channelAccounts')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('kind', '=', kind)
    .execute();
  return rows.map((row) => row.id);
}
