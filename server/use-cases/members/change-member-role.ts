/** Gives a member another role. Their sessions end, so that nothing of the old role is left in any browser. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockOwnersAndMember, updateMemberRole } from '#db/queries/members.ts';
import { revokeSessionsOfUser } from '#db/queries/sessions.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Role } from '#server/domain/roles.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { refuseUnlessOwner } from './refuse-unless-owner.ts';

/** The last owner keeps the role (`conflict`, reason `lastOwner`); only owners make or change owners. */
export async function changeMemberRole(db: Db, actor: Actor, input: { id: string; role: Role }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { member, ownerCount } = await lockOwnersAndMember(tx, actor.workspaceId, input.id);
    if (!member) throw notFound('member', input.id);
    if (member.role === input.role) return;
    if (member.role === 'owner' || input.role === 'owner') refuseUnlessOwner(actor);
    if (member.role === 'owner' && ownerCount === 1) throw lastOwner();
    await updateMemberRole(tx, actor.workspaceId, member.id, input.role);
    await revokeSessionsOfUser(tx, member.userId);
    await insertAuditEntry(tx, actor, 'member.roleChanged', { kind: 'member', id: member.id }, { from: member.role, to: input.role });
  });
}

export function lastOwner(): DomainError {
  return new DomainError('conflict', 'A workspace needs at least one owner. Make somebody else an owner first.', { reason: 'lastOwner' });
}
