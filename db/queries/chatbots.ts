/** Chatbots and their published versions. Flows are stored as the domain's schema made them. */
import { type ExpressionBuilder, sql } from 'kysely';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import type { DB } from '../schema.gen.ts';

export interface ChatbotRow {
  readonly id: string;
  readonly name: string;
  readonly draft: Flow;
  readonly draftRevision: number;
  readonly liveVersion: number | null;
  /** Whether the draft differs from what is live; true before the first publishing. */
  readonly changed: boolean;
  readonly openSessions: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface ChatbotListItem extends Omit<ChatbotRow, 'draft'> {
  readonly blockCount: number;
}

const openSessions = sql<number>`(select count(*) from bot_sessions s
  where s.workspace_id = c.workspace_id and s.chatbot_id = c.id and s.ended_at is null)`;
const changed = sql<boolean>`v.flow is distinct from c.draft`;

function columns(eb: ExpressionBuilder<DB & { c: DB['chatbots'] }, 'c'>) {
  return [
    eb.ref('c.id').as('id'),
    eb.ref('c.name').as('name'),
    eb.ref('c.draftRevision').as('draftRevision'),
    eb.ref('c.liveVersion').as('liveVersion'),
    sql<Date>`c.created_at`.as('createdAt'),
    sql<Date>`c.updated_at`.as('updatedAt'),
    changed.as('changed'),
    openSessions.as('openSessions'),
  ] as const;
}

function fromChatbots(db: Db, workspaceId: WorkspaceId) {
  return db
    .selectFrom('chatbots as c')
    .leftJoin('chatbotVersions as v', (join) =>
      join.onRef('v.workspaceId', '=', 'c.workspaceId').onRef('v.chatbotId', '=', 'c.id').onRef('v.version', '=', 'c.liveVersion'),
    )
    .where('c.workspaceId', '=', workspaceId)
    .where('c.deletedAt', 'is', null);
}

export async function findChatbot(db: Db, workspaceId: WorkspaceId, id: string): Promise<ChatbotRow | null> {
  const row = await fromChatbots(db, workspaceId)
    .select(columns)
    .select(sql<Flow>`c.draft`.as('draft'))
    .where('c.id', '=', id)
    .executeTakeFirst();
  return row ?? null;
}

/** By name (folded), then id. `search` matches anywhere in the name, without accents or case. */
export async function listChatbots(
  db: Db,
  workspaceId: WorkspaceId,
  page: { search: string | null; after: { name: string; id: string } | null; limit: number },
): Promise<ChatbotListItem[]> {
  const { after, search } = page;
  return fromChatbots(db, workspaceId)
    .select(columns)
    .select(sql<number>`jsonb_array_length(c.draft -> 'blocks')`.as('blockCount'))
    .$if(search !== null, (query) =>
      query.where(sql<boolean>`andante_fold(c.name) like '%' || andante_fold(${escapeLike(search ?? '')}) || '%'`),
    )
    .$if(after !== null, (query) =>
      query.where(sql<boolean>`(andante_fold(c.name), c.id) > (andante_fold(${after?.name ?? ''}), ${after?.id ?? null}::uuid)`),
    )
    .orderBy(sql`andante_fold(c.name)`)
    .orderBy('c.id')
    .limit(page.limit)
    .execute();
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

/** Holds the chatbot against changes until the transaction ends. */
export async function lockChatbot(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<{ name: string; draft: Flow; draftRevision: number; liveVersion: number | null } | null> {
  const row = await tx
    .selectFrom('chatbots')
    .select(['name', 'draftRevision', 'liveVersion'])
    .select(sql<Flow>`draft`.as('draft'))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('deletedAt', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return row ?? null;
}

export async function insertChatbot(tx: Tx, workspaceId: WorkspaceId, chatbot: { name: string; draft: Flow }): Promise<string> {
  const { id } = await tx
    .insertInto('chatbots')
    .values({ workspaceId, name: chatbot.name, draft: JSON.stringify(chatbot.draft) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Writes name and draft, and counts the revision up. */
export async function updateChatbotDraft(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
  change: { name: string; draft: Flow },
): Promise<number> {
  const { draftRevision } = await tx
    .updateTable('chatbots')
    .set((eb) => ({
      name: change.name,
      draft: JSON.stringify(change.draft),
      draftRevision: eb('draftRevision', '+', 1),
      updatedAt: sql`andante_now()`,
    }))
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .returning('draftRevision')
    .executeTakeFirstOrThrow();
  return draftRevision;
}

/** Adds a version and makes it the live one. Versions are never changed. */
export async function insertChatbotVersion(
  tx: Tx,
  workspaceId: WorkspaceId,
  version: { chatbotId: string; version: number; flow: Flow; publishedBy: string | null },
): Promise<void> {
  await tx
    .insertInto('chatbotVersions')
    .values({ workspaceId, ...version, flow: JSON.stringify(version.flow) })
    .execute();
  await tx
    .updateTable('chatbots')
    .set({ liveVersion: version.version, updatedAt: sql`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', version.chatbotId)
    .execute();
}

/** The row stays, so that open sessions can end by it. */
export async function markChatbotDeleted(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx
    .updateTable('chatbots')
    .set({ deletedAt: sql`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .execute();
}

/** Sequences that are running or paused and whose live version, or a version somebody is still in, starts this chatbot. */
export async function listSequencesUsingChatbot(db: Db, workspaceId: WorkspaceId, id: string): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select s.id, s.name from sequences s
    where s.workspace_id = ${workspaceId} and s.status in ('running', 'paused') and exists (
      select from sequence_versions v
      where v.workspace_id = s.workspace_id and v.sequence_id = s.id
        and jsonb_path_exists(v.definition, 'strict $.**.chatbot.chatbotId ? (@ == $id)', jsonb_build_object('id', ${id}::text), true)
        and (v.version = s.live_version or exists (
          select from enrolments e
          where e.workspace_id = v.workspace_id and e.sequence_id = v.sequence_id and e.version = v.version and e.ended_at is null)))
    order by s.name limit 20`.execute(db);
  return rows;
}
