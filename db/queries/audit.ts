/** The audit log: who changed what in a workspace. Rows are only ever added, in the transaction of the change. */
import { sql } from 'kysely';
import { type Actor, actorId } from '#server/auth/actor.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';
import { rowSet } from '../row-set.ts';

/** What an audit row is about. */
export interface AuditSubject {
  /** A word of the vocabulary: `sequence`, `member`, `apiKey`, … */
  readonly kind: string;
  readonly id: string | null;
}

/** Adds one row. `action` is `noun.verb` in the past (`sequence.published`); `details`: ids, names and codes, never secrets or message
 *  texts. */
export async function insertAuditEntry(
  tx: Tx,
  actor: Actor,
  action: string,
  subject: AuditSubject,
  details: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  await tx
    .insertInto('auditLog')
    .values({
      workspaceId: actor.workspaceId,
      actorKind: actor.kind,
      actorId: actorId(actor),
      action,
      subjectKind: subject.kind,
      subjectId: subject.id,
      details: JSON.stringify(details),
    })
    .execute();
}

export interface NewAuditEntry {
  readonly action: string;
  readonly subject: AuditSubject;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Adds many rows in one statement. */
export async function insertAuditEntries(tx: Tx, actor: Actor, entries: readonly NewAuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await sql`
    insert into audit_log (workspace_id, actor_kind, actor_id, action, subject_kind, subject_id, details)
    select ${actor.workspaceId}::uuid, ${actor.kind}::text, ${actorId(actor)}::uuid, v.* from ${rowSet('v', entries, {
      action: ['text', (entry) => entry.action],
      subject_kind: ['text', (entry) => entry.subject.kind],
      subject_id: ['uuid', (entry) => entry.subject.id],
      details: ['jsonb', (entry) => JSON.stringify(entry.details)],
    })}`.execute(tx);
}

export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  readonly actorKind: string;
  readonly actorId: string | null;
  /** The member's or key's name; null for the system, or when it is gone. */
  readonly actorName: string | null;
  readonly action: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly details: Record<string, unknown>;
}

/** Newest first; `before` is the id of the last entry already seen. */
export async function listAuditEntries(
  db: Db,
  workspaceId: WorkspaceId,
  page: { before: string | null; limit: number },
): Promise<AuditEntry[]> {
  const rows = await db
    .selectFrom('auditLog as a')
    .leftJoin('users as u', (join) => join.onRef('u.id', '=', 'a.actorId').on('a.actorKind', '=', 'user'))
    .leftJoin('apiKeys as k', (join) =>
      join.onRef('k.workspaceId', '=', 'a.workspaceId').onRef('k.id', '=', 'a.actorId').on('a.actorKind', '=', 'apiKey'),
    )
    .select(['a.id', 'a.actorKind', 'a.actorId', 'a.action', 'a.subjectKind', 'a.subjectId'])
    .select(sql<Date>`a.at`.as('at'))
    .select(sql<Record<string, unknown>>`a.details`.as('details'))
    .select(sql<string | null>`coalesce(u.name, k.name)`.as('actorName'))
    .where('a.workspaceId', '=', workspaceId)
    .$if(page.before !== null, (query) => query.where('a.id', '<', page.before))
    .orderBy('a.id', 'desc')
    .limit(page.limit)
    .execute();
  return rows;
}
