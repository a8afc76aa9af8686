/** Accepts an invitation: as a new person with a name and a password, or as the signed-in person it was made for. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { findOpenInvitation, lockOpenInvitation, markInvitationAccepted, type OpenInvitation } from '#db/queries/invitations.ts';
import { insertMember, isMemberEmail } from '#db/queries/members.ts';
import type { SignedInUser } from '#db/queries/sessions.ts';
import { findCredentialsByEmail, insertUser } from '#db/queries/users.ts';
import { userActor } from '#server/auth/actor.ts';
import { readInvitationToken } from '#server/auth/invitation-token.ts';
import { hashPassword } from '#server/auth/passwords.ts';
import { DomainError } from '#server/platform/errors.ts';

export interface NewPerson {
  readonly name: string;
  readonly password: string;
  readonly locale: string;
}

/** What the invitation behind `token` offers, and whether its e-mail has an account; throws `notFound` when it is not open. */
export async function readInvitation(db: Db, token: string): Promise<OpenInvitation & { hasAccount: boolean }> {
  const claimed = readInvitationToken(token);
  const invitation = claimed && (await findOpenInvitation(db, claimed));
  if (!invitation) throw invitationInvalid();
  return { ...invitation, hasAccount: (await findCredentialsByEmail(db, invitation.email)) !== null };
}

/** `person` for somebody without an account, else `user`, who must own the invited e-mail address. */
export async function acceptInvitation(
  db: Db,
  input: { token: string; person: NewPerson | null; user: SignedInUser | null },
): Promise<{ slug: string; email: string }> {
  const claimed = readInvitationToken(input.token);
  if (!claimed) throw invitationInvalid();
  const passwordHash = input.person ? await hashPassword(input.person.password) : null;
  return db.transaction().execute(async (tx) => {
    const invitation = await lockOpenInvitation(tx, claimed);
    if (!invitation) throw invitationInvalid();
    const userId = await userOf(tx, invitation, input.user, input.person && passwordHash ? { ...input.person, passwordHash } : null);
    if (await isMemberEmail(tx, invitation.workspaceId, invitation.email)) {
      throw new DomainError('alreadyExists', 'You are a member of this workspace already.', { reason: 'alreadyMember' });
    }
    const memberId = await insertMember(tx, { workspaceId: invitation.workspaceId, userId, role: invitation.role });
    await markInvitationAccepted(tx, invitation);
    const actor = userActor({ workspaceId: invitation.workspaceId, userId, memberId, role: invitation.role });
    await insertAuditEntry(tx, actor, 'member.joined', { kind: 'member', id: memberId }, { role: invitation.role });
    return { slug: invitation.slug, email: invitation.email };
  });
}

async function userOf(
  tx: Tx,
  invitation: OpenInvitation,
  user: SignedInUser | null,
  person: { name: string; locale: string; passwordHash: string } | null,
): Promise<string> {
  if (user?.email === invitation.email) return user.userId;
  if (!person || (await findCredentialsByEmail(tx, invitation.email))) {
    throw new DomainError('unauthenticated', `Sign in as ${invitation.email} to accept this invitation.`, { reason: 'signInToAccept' });
  }
  return insertUser(tx, { email: invitation.email, name: person.name, passwordHash: person.passwordHash, locale: person.locale });
}

function invitationInvalid(): DomainError {
  return new DomainError('notFound', 'This invitation is not valid any more. Ask for a new one.', { reason: 'invitationInvalid' });
}
