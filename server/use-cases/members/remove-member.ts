/** Takes a member out of the workspace: access ends with their next request, and their sessions end. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteMember, lockOwnersAndMember } from '#db/queries/members.ts';
import { revokeSessionsOfUser } from '#db/queries/sessions.ts';
import type { Actor } from '#server/auth/actor.ts';
import { notFound } from '#server/platform/errors.ts';
import { lastOwner } from './change-member-role.ts';
import { refuseUnlessOwner } from './refuse-unless-owner.ts';

export async function removeMember(db: Db, actor: Actor, input: { id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { member, ownerCount } = await lockOwnersAndMember(tx, actor.workspaceId, input.id);
    if (!member) throw notFound('member', input.id);
    if (member.role === 'owner') refuseUnlessOwner(actor);
    if (member.role === 'owner' && ownerCount === 1) throw lastOwner();
    await deleteMember(tx, actor.workspaceId, member.id);
    await revokeSessionsOfUser(tx, member.userId);
    await insertAuditEntry(
      tx,
      actor,
      'member.removed',
      { kind: 'member', id: member.id },
      { userId: member.userId, name: member.name, role: member.role },
    );
  });
}
