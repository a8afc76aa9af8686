/** What a bot's turn leaves behind: messages in the outbound queue, values on contacts. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Tx } from '../client.ts';
import { setCause } from './trigger-occasions.ts';

export interface BotMessage {
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly enrolmentId: string | null;
  readonly stepNumber: number | null;
  readonly botSessionId: string;
  readonly botTurn: number;
  /** Place within the turn, from 1. */
  readonly botN: number;
  readonly body: string;
  readonly options: readonly string[] | null;
  readonly at: Date;
}

/** Queues messages of bots, in order: `botN` milliseconds apart, and made in the order they are given. */
export async function insertBotMessages(tx: Tx, workspaceId: WorkspaceId, messages: readonly BotMessage[]): Promise<void> {
  if (messages.length === 0) return;
  await tx
    .insertInto('messages')
    .values(
      messages.map(({ at, options, ...message }) => ({
        workspaceId,
        ...message,
        direction: 'out',
        origin: 'bot',
        state: 'queued',
        options: options === null ? null : JSON.stringify(options),
        plannedAt: at,
        nextAttemptAt: new Date(at.getTime() + message.botN - 1),
      })),
    )
    .execute();
}

export interface ContactPatch {
  readonly contactId: string;
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** The zone that `phone` tells, if any. */
  readonly timeZone: string | null;
  readonly fields: Readonly<Record<string, string | number | boolean>>;
}

/** Writes what bots learned. Fields and name are written over; an address is filled where the contact has none, and only
 *  when no other contact has it: how a person is reached is never changed by an answer. Triggers take it for the engine's doing. */
export async function patchContacts(tx: Tx, workspaceId: WorkspaceId, patches: readonly ContactPatch[]): Promise<void> {
  if (patches.length === 0) return;
  await setCause(tx, 'engine');
  await tx
    .selectFrom('contacts')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where(
      'id',
      'in',
      patches.map((patch) => patch.contactId),
    )
    .orderBy('id')
    .forNoKeyUpdate()
    .execute();
  await sql`
    with patch as (
      select t.*,
        c.email is null and not exists (
          select from contacts o where o.workspace_id = c.workspace_id and lower(o.email) = lower(t.email)) as takes_email,
        c.phone is null and not exists (
          select from contacts o where o.workspace_id = c.workspace_id and o.phone = t.phone) as takes_phone
      from jsonb_to_recordset(${JSON.stringify(patches)}::jsonb)
        as t("contactId" uuid, name text, email text, phone text, "timeZone" text, fields jsonb)
      join contacts c on c.workspace_id = ${workspaceId} and c.id = t."contactId")
    update contacts c set
      name = coalesce(p.name, c.name),
      email = case when p.takes_email then p.email else c.email end,
      phone = case when p.takes_phone then p.phone else c.phone end,
      time_zone = case when p.takes_phone then coalesce(c.time_zone, p."timeZone") else c.time_zone end,
      time_zone_origin = case when p.takes_phone and c.time_zone is null and p."timeZone" is not null then 'phone'
        else c.time_zone_origin end,
      fields = c.fields || p.fields,
      updated_at = andante_now()
    from patch p
    where c.workspace_id = ${workspaceId} and c.id = p."contactId"`.execute(tx);
}
