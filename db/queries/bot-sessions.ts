/** Bot sessions: one contact's runs through chatbots. At most one is open per conversation, by constraint. */
import { sql } from 'kysely';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import type { BotOutcome, BotState } from '#server/domain/chatbot/interpreter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface LiveFlow {
  readonly chatbotId: string;
  readonly version: number;
  readonly flow: Flow;
}

/** The live versions of those of `chatbotIds` that have one and are not deleted. */
export async function listLiveFlows(db: Db, workspaceId: WorkspaceId, chatbotIds: readonly string[]): Promise<LiveFlow[]> {
  return db
    .selectFrom('chatbots as c')
    .innerJoin('chatbotVersions as v', (join) =>
      join.onRef('v.workspaceId', '=', 'c.workspaceId').onRef('v.chatbotId', '=', 'c.id').onRef('v.version', '=', 'c.liveVersion'),
    )
    .select(['v.chatbotId', 'v.version'])
    .select(sql<Flow>`v.flow`.as('flow'))
    .where('c.workspaceId', '=', workspaceId)
    .where('c.deletedAt', 'is', null)
    .where('c.id', 'in', [...chatbotIds])
    .execute();
}

/** Whom a bot talks to, on what account, and for which enrolment (null: none). */
export interface BotSubject {
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly enrolmentId: string | null;
}

export interface BotSubjectRow extends BotSubject {
  readonly name: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly locale: string | null;
  readonly fields: Record<string, unknown>;
  /** Of the enrolment, else of the contact, else of the workspace. */
  readonly timeZone: string;
  /** `YYYY-MM-DD` in that zone. */
  readonly today: string;
  readonly channelKind: string;
  readonly senderName: string;
  readonly sequenceName: string | null;
  readonly enrolledAt: Date | null;
  readonly workspaceName: string;
  readonly workspaceLocale: string;
  readonly country: string;
}

/** One row per subject whose contact and account exist, in no special order. */
export async function listBotSubjects(db: Db, workspaceId: WorkspaceId, subjects: readonly BotSubject[]): Promise<BotSubjectRow[]> {
  const { rows } = await sql<BotSubjectRow>`
    select c.id as contact_id, a.id as channel_account_id, e.id as enrolment_id,
      c.name, c.email, c.phone, c.locale, c.fields,
      coalesce(e.time_zone, c.time_zone, w.time_zone) as time_zone,
      to_char(andante_now() at time zone coalesce(e.time_zone, c.time_zone, w.time_zone), 'YYYY-MM-DD') as today,
      a.kind as channel_kind, a.name as sender_name, s.name as sequence_name, e.started_at as enrolled_at,
      w.name as workspace_name, w.locale as workspace_locale, w.country
    from jsonb_to_recordset(${JSON.stringify(subjects)}::jsonb) as t("contactId" uuid, "channelAccountId" uuid, "enrolmentId" uuid)
    join workspaces w on w.id = ${workspaceId}
    join contacts c on c.workspace_id = w.id and c.id = t."contactId"
    join channel_accounts a on a.workspace_id = w.id and a.id = t."channelAccountId"
    left join enrolments e on e.workspace_id = w.id and e.id = t."enrolmentId"
    left join sequences s on s.workspace_id = w.id and s.id = e.sequence_id`.execute(db);
  return rows;
}

/** The same for a test chat: a contact, or (null) somebody of whom only a name is known. Null when there is no such contact. */
export async function findBotTrialFacts(db: Db, workspaceId: WorkspaceId, contactId: string | null): Promise<BotSubjectRow | null> {
  const { rows } = await sql<BotSubjectRow>`
    select c.id as contact_id, w.id as channel_account_id, null as enrolment_id,
      case when ${contactId}::uuid is null then 'Ana Exemplo' else c.name end as name, c.email, c.phone, c.locale,
      coalesce(c.fields, '{}') as fields, coalesce(c.time_zone, w.time_zone) as time_zone,
      to_char(andante_now() at time zone coalesce(c.time_zone, w.time_zone), 'YYYY-MM-DD') as today,
      'sandbox' as channel_kind, w.name as sender_name, null as sequence_name, null as enrolled_at,
      w.name as workspace_name, w.locale as workspace_locale, w.country
    from workspaces w
    left join contacts c on c.workspace_id = w.id and c.id = ${contactId}::uuid
    where w.id = ${workspaceId} and (${contactId}::uuid is null or c.id is not null)`.execute(db);
  return rows[0] ?? null;
}

export interface ConversationRow {
  readonly id: string;
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly ownerUserId: string | null;
}

/** The conversations of these contacts on these accounts, made where there was none. */
export async function ensureConversations(
  tx: Tx,
  workspaceId: WorkspaceId,
  pairs: readonly { contactId: string; channelAccountId: string }[],
): Promise<ConversationRow[]> {
  const wanted = sql`jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as t("contactId" uuid, "channelAccountId" uuid)`;
  await sql`
    insert into conversations (workspace_id, contact_id, channel_account_id)
    select distinct ${workspaceId}::uuid, t."contactId", t."channelAccountId" from ${wanted} order by 2, 3
    on conflict on constraint conversations_one_per_contact_and_account do nothing`.execute(tx);
  const { rows } = await sql<ConversationRow>`
    select distinct c.id, c.contact_id, c.channel_account_id, c.owner_user_id from ${wanted}
    join conversations c on c.workspace_id = ${workspaceId} and c.contact_id = t."contactId" and c.channel_account_id = t."channelAccountId"`.execute(
    tx,
  );
  return rows;
}

export interface NewBotSession {
  readonly conversationId: string;
  readonly contactId: string;
  readonly chatbotId: string;
  readonly version: number;
  readonly enrolmentId: string;
  readonly enrolmentEpoch: number;
  readonly stepNumber: number;
  readonly state: BotState;
  readonly timeoutMinutes: number;
  readonly startedAt: Date;
  readonly expiresAt: Date;
}

/** Opens those whose conversation has no open session; answers the ids by conversation. */
export async function openBotSessions(tx: Tx, workspaceId: WorkspaceId, sessions: readonly NewBotSession[]): Promise<Map<string, string>> {
  if (sessions.length === 0) return new Map();
  const rows = await tx
    .insertInto('botSessions')
    .values(sessions.map((session) => ({ workspaceId, ...session, state: JSON.stringify(session.state), turn: 1 })))
    .onConflict((conflict) => conflict.columns(['workspaceId', 'conversationId']).where('endedAt', 'is', null).doNothing())
    .returning(['id', 'conversationId'])
    .execute();
  return new Map(rows.map((row) => [row.conversationId, row.id]));
}

export interface OpenBotSession {
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly enrolmentId: string | null;
  readonly enrolmentEpoch: number | null;
  readonly stepNumber: number | null;
  readonly turn: number;
  readonly timeoutMinutes: number | null;
  readonly startedAt: Date;
  readonly expiresAt: Date | null;
  readonly state: BotState;
  readonly flow: Flow;
}

function openSessions(tx: Tx, workspaceId: WorkspaceId) {
  return tx
    .selectFrom('botSessions as s')
    .innerJoin('conversations as c', (join) => join.onRef('c.workspaceId', '=', 's.workspaceId').onRef('c.id', '=', 's.conversationId'))
    .innerJoin('chatbotVersions as v', (join) =>
      join.onRef('v.workspaceId', '=', 's.workspaceId').onRef('v.chatbotId', '=', 's.chatbotId').onRef('v.version', '=', 's.version'),
    )
    .select(['s.id', 's.conversationId', 's.contactId', 'c.channelAccountId', 's.enrolmentId', 's.enrolmentEpoch', 's.stepNumber'])
    .select(['s.turn', 's.timeoutMinutes'])
    .select(sql<Date>`s.started_at`.as('startedAt'))
    .select(sql<Date | null>`s.expires_at`.as('expiresAt'))
    .select(sql<BotState>`s.state`.as('state'))
    .select(sql<Flow>`v.flow`.as('flow'))
    .where('s.workspaceId', '=', workspaceId)
    .where('s.endedAt', 'is', null);
}

/** The open session of a conversation that nobody of the team owns, held until the transaction ends. */
export async function lockOpenBotSession(tx: Tx, workspaceId: WorkspaceId, conversationId: string): Promise<OpenBotSession | null> {
  const row = await openSessions(tx, workspaceId)
    .where('s.conversationId', '=', conversationId)
    .where('c.ownerUserId', 'is', null)
    .forUpdate('s')
    .executeTakeFirst();
  return row ?? null;
}

/** Open sessions whose time is over, held, oldest first; those that another transaction holds are left to it. */
export async function lockExpiredBotSessions(tx: Tx, workspaceId: WorkspaceId, limit: number): Promise<OpenBotSession[]> {
  return openSessions(tx, workspaceId)
    .where('s.expiresAt', '<=', sql<Date>`andante_now()`)
    .orderBy('s.expiresAt')
    .limit(limit)
    .forUpdate('s')
    .skipLocked()
    .execute();
}

export async function updateBotSession(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  change: { state: BotState; turn: number; expiresAt: Date | null },
): Promise<void> {
  await tx
    .updateTable('botSessions')
    .set({ ...change, state: JSON.stringify(change.state) })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Ends open sessions, each at its own instant. */
export async function closeBotSessions(
  tx: Tx,
  workspaceId: WorkspaceId,
  ends: readonly { id: string; outcome: BotOutcome; at: Date }[],
): Promise<void> {
  if (ends.length === 0) return;
  await sql`
    update bot_sessions s set ended_at = t.at, outcome = t.outcome
    from jsonb_to_recordset(${JSON.stringify(ends)}::jsonb) as t(id uuid, outcome text, at timestamptz)
    where s.workspace_id = ${workspaceId} and s.id = t.id and s.ended_at is null`.execute(tx);
}

/** Marks conversations as waiting for a person: taken over, by nobody yet. What is marked or owned already stays so. */
export async function markConversationsWaiting(
  tx: Tx,
  workspaceId: WorkspaceId,
  marks: readonly { conversationId: string; at: Date }[],
): Promise<void> {
  if (marks.length === 0) return;
  await sql`
    update conversations c set taken_over_at = t.at, status = 'open'
    from jsonb_to_recordset(${JSON.stringify(marks)}::jsonb) as t("conversationId" uuid, at timestamptz)
    where c.workspace_id = ${workspaceId} and c.id = t."conversationId" and c.owner_user_id is null and c.taken_over_at is null`.execute(
    tx,
  );
}

/** The bots of these enrolments fall silent: their sessions end unanswered, and what they were about to say is not sent. */
export async function endTalksOf(tx: Tx, workspaceId: WorkspaceId, enrolmentIds: readonly string[]): Promise<void> {
  if (enrolmentIds.length === 0) return;
  await sql`
    with ended as (
      update bot_sessions set ended_at = andante_now(), outcome = 'noAnswer'
      where workspace_id = ${workspaceId} and enrolment_id = any(${[...enrolmentIds]}::uuid[]) and ended_at is null
      returning id
    )
    update messages m set state = 'canceled', reason = 'member', next_attempt_at = null
    from ended where m.workspace_id = ${workspaceId} and m.origin = 'bot' and m.bot_session_id = ended.id
      and m.next_attempt_at is not null`.execute(tx);
}
