/** Invites somebody by a single-use link. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertInvitation, lockOpenInvitationFor } from '#db/queries/invitations.ts';
import { isMemberEmail } from '#db/queries/members.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { normalizeIdentifier } from '#server/auth/identifier.ts';
import { createInvitationToken } from '#server/auth/invitation-token.ts';
import type { Role } from '#server/domain/roles.ts';
import { DomainError } from '#server/platform/errors.ts';
import { refuseUnlessOwner } from './refuse-unless-owner.ts';

/** Days for which a link can be used. */
const invitationDays = 7;

/** Answers the token for the link; it is stored nowhere and cannot be shown again. Only owners invite owners. */
export async function inviteMember(
  db: Db,
  actor: Actor,
  input: { email: string; role: Role },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const email = normalizeIdentifier(input.email);
  if (email === null) throw new DomainError('invalid', 'That is not an e-mail address.', { field: 'email' });
  if (input.role === 'owner') refuseUnlessOwner(actor);
  const { token, tokenHash } = createInvitationToken(actor.workspaceId);
  const invitedBy = actor.kind === 'user' ? actorId(actor) : null;
  return db.transaction().execute(async (tx) => {
    if (await lockOpenInvitationFor(tx, actor.workspaceId, email)) {
      throw new DomainError('alreadyExists', `There is an open invitation for ${email}. Revoke it first.`, { reason: 'alreadyInvited' });
    }
    if (await isMemberEmail(tx, actor.workspaceId, email)) {
      throw new DomainError('alreadyExists', `${email} is a member of this workspace already.`, { reason: 'alreadyMember' });
    }
    const invitation = await insertInvitation(tx, {
      workspaceId: actor.workspaceId,
      email,
      role: input.role,
      tokenHash,
      invitedBy,
      days: invitationDays,
    });
    await insertAuditEntry(tx, actor, 'member.invited', { kind: 'invitation', id: invitation.id }, { email, role: input.role });
    return { ...invitation, token };
  });
}
