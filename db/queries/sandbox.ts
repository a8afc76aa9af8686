/** The sandbox's own log of what arrived, and what its phone and mailbox show. */
import { sql } from 'kysely';
import type { SandboxDelivery } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { conditionSql } from './contact-conditions.ts';
import { holdContact } from './contact-merges.ts';

const foreignKeyViolation = '23503';

/** Writes what arrived, in one statement. A message that arrives twice is two rows. What arrives for a contact that was merged
 *  meanwhile is the kept one's; for one that was deleted, nobody's. */
export async function insertSandboxDeliveries(
  db: Db,
  workspaceId: WorkspaceId,
  channelAccountId: string,
  deliveries: readonly SandboxDelivery[],
): Promise<void> {
  try {
    await insertDeliveries(db, workspaceId, channelAccountId, deliveries);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === foreignKeyViolation)) throw error;
    await db.transaction().execute(async (tx) => {
      const held: SandboxDelivery[] = [];
      for (const delivery of deliveries) {
        held.push({ ...delivery, contactId: delivery.contactId && (await holdContact(tx, workspaceId, delivery.contactId)) });
      }
      await insertDeliveries(tx, workspaceId, channelAccountId, held);
    });
  }
}

async function insertDeliveries(
  db: Db,
  workspaceId: WorkspaceId,
  channelAccountId: string,
  deliveries: readonly SandboxDelivery[],
): Promise<void> {
  await db
    .insertInto('sandboxDeliveries')
    .values(
      deliveries.map(({ options, ...delivery }) => ({
        ...delivery,
        workspaceId,
        channelAccountId,
        options: options === null ? null : JSON.stringify(options),
      })),
    )
    .execute();
}

export interface SandboxItem {
  readonly id: string;
  readonly messageId: string;
  readonly channelAccountId: string;
  readonly direction: 'out' | 'in';
  /** Where it shows: what has a subject or HTML, or went to an e-mail address, is mail. */
  readonly place: 'phone' | 'mailbox';
  readonly address: string | null;
  readonly subject: string | null;
  readonly body: string;
  readonly html: string | null;
  readonly options: string[] | null;
  readonly at: Date;
}

/** What arrived for a contact and what the contact wrote back, oldest first; the newest `limit` of them. */
export async function listSandboxItems(db: Db, workspaceId: WorkspaceId, contactId: string, limit: number): Promise<SandboxItem[]> {
  const { rows } = await sql<SandboxItem>`
    with arrived as (
      select * from sandbox_deliveries where workspace_id = ${workspaceId} and contact_id = ${contactId}
      union all
      select d.* from contacts c join sandbox_deliveries d
        on d.workspace_id = c.workspace_id and d.address in (c.phone, c.email) and d.contact_id is null
      where c.workspace_id = ${workspaceId} and c.id = ${contactId}
    ), items as (
      select id, message_id, channel_account_id, 'out' as direction,
             case when subject is not null or html is not null or position('@' in address) > 0 then 'mailbox' else 'phone' end as place,
             address, subject, body, html, options, arrived_at as at
      from arrived
      union all
      select m.id, m.id, m.channel_account_id, 'in', case when m.subject is not null then 'mailbox' else 'phone' end,
             m.address, m.subject, m.body, null, null, m.created_at
      from messages m join channel_accounts a on a.workspace_id = m.workspace_id and a.id = m.channel_account_id
      where m.workspace_id = ${workspaceId} and m.contact_id = ${contactId} and m.direction = 'in' and a.kind = 'sandbox'
    )
    select * from (select * from items order by at desc, id desc limit ${limit}) newest order by at, id`.execute(db);
  return rows;
}

export interface SandboxContact {
  readonly id: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  /** The last thing said on either side; null when nothing was. */
  readonly lastText: string | null;
  readonly lastAt: Date | null;
}

/** Contacts with whom something was said in the sandbox, the latest first. Looks at the newest 2,000 arrivals. */
export async function listSandboxContacts(db: Db, workspaceId: WorkspaceId, limit: number): Promise<SandboxContact[]> {
  const { rows } = await sql<SandboxContact>`
    with spoken as (
      (select contact_id, arrived_at as at from sandbox_deliveries
       where workspace_id = ${workspaceId} and contact_id is not null order by id desc limit 2000)
      union all
      (select v.contact_id, v.last_inbound_at from conversations v
       join channel_accounts a on a.workspace_id = v.workspace_id and a.id = v.channel_account_id and a.kind = 'sandbox'
       where v.workspace_id = ${workspaceId} and v.last_inbound_at is not null order by v.last_inbound_at desc limit 500)
    ), latest as (
      select contact_id, max(at) as at from spoken group by contact_id order by 2 desc, 1 limit ${limit}
    )
    select c.id, c.name, c.phone, c.email, last.text as last_text, last.at as last_at
    from latest join contacts c on c.workspace_id = ${workspaceId} and c.id = latest.contact_id
    left join lateral (${lastSaid(workspaceId)}) last on true
    order by latest.at desc, c.id`.execute(db);
  return rows;
}

/** Contacts that have an address and match, whether or not anything was said; newest contacts first. */
export async function searchSandboxContacts(db: Db, workspaceId: WorkspaceId, search: string, limit: number): Promise<SandboxContact[]> {
  return await db
    .selectFrom('contacts as c')
    .leftJoinLateral(sql<{ text: string; at: Date }>`(${lastSaid(workspaceId)})`.as<'last'>(sql`last`), (join) => join.onTrue())
    .select(['c.id', 'c.name', 'c.phone', 'c.email'])
    .select(sql<string | null>`last.text`.as('lastText'))
    .select(sql<Date | null>`last.at`.as('lastAt'))
    .where('c.workspaceId', '=', workspaceId)
    .where(search.trim() === '' ? sql<boolean>`true` : conditionSql(workspaceId, { on: 'search', value: search }))
    .where((eb) => eb.or([eb('c.phone', 'is not', null), eb('c.email', 'is not', null)]))
    .orderBy('c.id', 'desc')
    .limit(limit)
    .execute();
}

/** Of the contact \`c\` of the query around it. */
function lastSaid(workspaceId: WorkspaceId) {
  return sql`
    select text, at from (
      (select d.body as text, d.arrived_at as at from sandbox_deliveries d
       where d.workspace_id = ${workspaceId} and d.contact_id = c.id order by d.id desc limit 1)
      union all
      (select m.body, m.created_at from messages m
       join channel_accounts a on a.workspace_id = m.workspace_id and a.id = m.channel_account_id and a.kind = 'sandbox'
       where m.workspace_id = ${workspaceId} and m.contact_id = c.id and m.direction = 'in' order by m.created_at desc limit 1)
    ) said order by at desc limit 1`;
}
