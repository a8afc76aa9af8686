/** Invitations: single-use links into a workspace, with a role. */
import { sql } from 'kysely';
import type { Role } from '#server/domain/roles.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db, Tx } from '../client.ts';

export async function insertInvitation(
  tx: Tx,
  invitation: { workspaceId: WorkspaceId; email: string; role: Role; tokenHash: Buffer; invitedBy: string | null; days: number },
): Promise<{ id: string; expiresAt: Date }> {
  const { days, ...values } = invitation;
  return tx
    .insertInto('invitations')
    .values({ ...values, expiresAt: sql<Date>`andante_now() + ${days} * interval '1 day'` })
    .returning('id')
    .returning(sql<Date>`expires_at`.as('expiresAt'))
    .executeTakeFirstOrThrow();
}

export interface InvitationRow {
  readonly id: string;
  readonly email: string;
  readonly role: Role;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

/** Open invitations, newest first; `before` is the id of the last one already seen. */
export async function listOpenInvitations(
  db: Db,
  workspaceId: WorkspaceId,
  page: { before: string | null; limit: number },
): Promise<InvitationRow[]> {
  return db
    .selectFrom('invitations')
    .select(['id', 'email'])
    .select([sql<Role>`role`.as('role'), sql<Date>`created_at`.as('createdAt'), sql<Date>`expires_at`.as('expiresAt')])
    .where('workspaceId', '=', workspaceId)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`andante_now()`)
    .$if(page.before !== null, (query) => query.where('id', '<', page.before))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute();
}

/** Whether an open invitation for `email` stands; locks the workspace's row, so that two are not made at once. */
export async function lockOpenInvitationFor(tx: Tx, workspaceId: WorkspaceId, email: string): Promise<boolean> {
  await tx.selectFrom('workspaces').select('id').where('id', '=', workspaceId).forNoKeyUpdate().executeTakeFirstOrThrow();
  const row = await tx
    .selectFrom('invitations')
    .select('id')
    .where('workspaceId', '=', workspaceId)
    .where('email', '=', email)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .where('expiresAt', '>', sql<Date>`andante_now()`)
    .executeTakeFirst();
  return row !== undefined;
}

/** False when there is no open invitation with this id. */
export async function revokeInvitation(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<string | null> {
  const row = await tx
    .updateTable('invitations')
    .set({ revokedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', workspaceId)
    .where('id', '=', id)
    .where('acceptedAt', 'is', null)
    .where('revokedAt', 'is', null)
    .returning('email')
    .executeTakeFirst();
  return row?.email ?? null;
}

export interface OpenInvitation {
  readonly id: string;
  readonly workspaceId: string;
  readonly workspaceName: string;
  readonly slug: string;
  readonly email: string;
  readonly role: Role;
}

/** The open invitation behind a token: not accepted, not revoked, not expired. */
export async function findOpenInvitation(db: Db, claimed: { workspaceId: string; tokenHash: Buffer }): Promise<OpenInvitation | null> {
  const row = await openInvitation(db, claimed).executeTakeFirst();
  return row ?? null;
}

/** The same, locked until the transaction ends, so that it is accepted once. */
export async function lockOpenInvitation(tx: Tx, claimed: { workspaceId: string; tokenHash: Buffer }): Promise<OpenInvitation | null> {
  const row = await openInvitation(tx, claimed).forUpdate('i').executeTakeFirst();
  return row ?? null;
}

export async function markInvitationAccepted(tx: Tx, invitation: { workspaceId: string; id: string }): Promise<void> {
  await tx
    .updateTable('invitations')
    .set({ acceptedAt: sql<Date>`andante_now()` })
    .where('workspaceId', '=', invitation.workspaceId)
    .where('id', '=', invitation.id)
    .execute();
}

function openInvitation(db: Db, claimed: { workspaceId: string; tokenHash: Buffer }) {
  return db
    .selectFrom('invitations as i')
    .innerJoin('workspaces as w', 'w.id', 'i.workspaceId')
    .select(['i.id', 'i.workspaceId', 'w.name as workspaceName', 'w.slug', 'i.email'])
    .select(sql<Role>`i.role`.as('role'))
    .where('i.workspaceId', '=', claimed.workspaceId)
    .where('i.tokenHash', '=', claimed.tokenHash)
    .where('i.acceptedAt', 'is', null)
    .where('i.revokedAt', 'is', null)
    .where('i.expiresAt', '>', sql<Date>`andante_now()`);
}
