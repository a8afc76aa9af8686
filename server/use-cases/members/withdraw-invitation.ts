/** Takes an invitation back: its link stops working at once. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { revokeInvitation } from '#db/queries/invitations.ts';
import type { Actor } from '#server/auth/actor.ts';
import { notFound } from '#server/platform/errors.ts';

export async function withdrawInvitation(db: Db, actor: Actor, input: { id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const email = await revokeInvitation(tx, actor.workspaceId, input.id);
    if (email === null) throw notFound('open invitation', input.id);
    await insertAuditEntry(tx, actor, 'invitation.revoked', { kind: 'invitation', id: input.id }, { email });
  });
}
