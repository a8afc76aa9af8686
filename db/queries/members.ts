/** Members: which user has which role in which workspace. */
import { sql } from 'kysely';
import type { Role } from '#server/domain/roles.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export interface Membership {
  readonly workspaceId: string;
  readonly memberId: string;
  readonly role: Role;
}

/** The membership of a user in the workspace with this slug, read afresh at every request. */
export async function findMembership(db: Db, userId: string, slug: string): Promise<Membership | null> {
  const row = await db
    .selectFrom('members as m')
    .innerJoin('workspaces as w', 'w.id', 'm.workspaceId')
    .select(['m.workspaceId', 'm.id as memberId'])
    .select(sql<Role>`m.role`.as('role'))
    .where('w.slug', '=', slug)
    .where('m.userId', '=', userId)
    .executeTakeFirst();
  return row ?? null;
}

/** The workspaces of a user, the oldest membership first. */
export async function listWorkspacesOfUser(db: Db, userId: string): Promise<{ slug: string; name: string; role: Role }[]> {
  return db
    .selectFrom('members as m')
    .innerJoin('workspaces as w', 'w.id', 'm.workspaceId')
    .select(['w.slug', 'w.name'])
    .select(sql<Role>`m.role`.as('role'))
    .where('m.userId', '=', userId)
    .orderBy('m.createdAt')
    .orderBy('m.id')
    .execute();
}

export async function insertMember(db: Db, member: { workspaceId: string; userId: string; role: Role }): Promise<string> {
  const row = await db.insertInto('members').values(member).returning('id').executeTakeFirstOrThrow();
  return row.id;
}

export interface MemberRow {
  readonly id: string;
  readonly userId: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
}

/** Members in order of joining; `after` is the id of the last one already seen. */
export async function listMembers(db: Db, workspaceId: WorkspaceId, page: { after: string | null; limit: number }): Promise<MemberRow[]> {
  return db
    .selectFrom('members as m')
    .innerJoin('users as u', 'u.id', 'm.userId')
    .select(['m.id', 'm.userId', 'u.name', 'u.email'])
    .select(sql<Role>`m.role`.as('role'))
    .select(sql<Date>`m.created_at`.as('createdAt'))
    .where('m.workspaceId', '=', workspaceId)
    .$if(page.after !== null, (query) => query.where('m.id', '>', page.after))
    .orderBy('m.id')
    .limit(page.limit)
    .execute();
}

/** The members by their e-mail addresses, in small letters. */
export async function listMembersByEmail(db: Db, workspaceId: WorkspaceId): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ email: string; id: string }>`
    select lower(u.email) as email, m.id from members m join users u on u.id = m.user_id where m.workspace_id = ${workspaceId}`.execute(db);
  return new Map(rows.map(({ email, id }) => [email, id]));
}

/** Whether the person with this e-mail address is a member. */
export async function isMemberEmail(db: Db, workspaceId: string, email: string): Promise<boolean> {
  const row = await db
    .selectFrom('members as m')
    .innerJoin('users as u', 'u.id', 'm.userId')
    .select('m.id')
    .where('m.workspaceId', '=', workspaceId)
    .where('u.email', '=', email)
    .executeTakeFirst();
  return row !== undefined;
}

/** Locks all owners of the workspace and the member `id`, in one order, so that two changes cannot remove the last owner together. */
export async function lockOwnersAndMember(
  tx: Tx,
  workspaceId: WorkspaceId,
  id: string,
): Promise<{ member: { id: string; userId: string; name: string; role: Role } | null; ownerCount: number }> {
  const rows = await tx
    .selectFrom('members as m')
    .innerJoin('users as u', 'u.id', 'm.userId')
    .select(['m.id', 'm.userId', 'u.name'])
    .select(sql<Role>`m.role`.as('role'))
    .where('m.workspaceId', '=', workspaceId)
    .where((eb) => eb.or([eb('m.role', '=', 'owner'), eb('m.id', '=', id)]))
    .orderBy('m.id')
    .forUpdate('m')
    .execute();
  return { member: rows.find((row) => row.id === id) ?? null, ownerCount: rows.filter((row) => row.role === 'owner').length };
}

export async function updateMemberRole(tx: Tx, workspaceId: WorkspaceId, id: string, role: Role): Promise<void> {
  await tx.updateTable('members').set({ role }).where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}

export async function deleteMember(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<void> {
  await tx.deleteFrom('members').where('workspaceId', '=', workspaceId).where('id', '=', id).execute();
}

/** Whether that user is a member. */
export async function isMemberUser(db: Db, workspaceId: WorkspaceId, userId: string): Promise<boolean> {
  const row = await db
    .selectFrom('members')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('userId', '=', userId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether there is a member of that id. */
export async function isMember(db: Db, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const row = await db.selectFrom('members').select('id').where('workspaceId', '=', workspaceId).where('id', '=', id).executeTakeFirst();
  return row !== undefined;
}

/** The same, and whoever is one stays one to the end of the transaction. */
export async function holdMember(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom('members')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .forKeyShare()
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of `ids` that are members. */
export async function listMembersAmong(db: Db, workspaceId: WorkspaceId, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('members')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('id', 'in', [...new Set(ids)])
    .execute();
  return new Set(rows.map((row) => row.id));
}
