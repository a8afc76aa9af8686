/** A person of the team gives a conversation back: bots may talk in it again, and the contact's enrolments go on. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { isContactTakenOver, lockConversation, setConversationOwner, setConversationStatus } from '#db/queries/conversations.ts';
import { listOpenEnrolments } from '#db/queries/open-enrolments.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { releaseEnrolmentsIn } from '../enrolments/resume-enrolments-in.ts';

/** Enrolments go on when nobody has another conversation of the contact. Releasing what nobody has changes nothing. */
export function releaseConversation(db: Db, actor: Actor, id: string): Promise<void> {
  const inOne = (tx: Tx): Promise<void> => releaseIn(tx, actor, id);
  return retryOnConflict(() => db.transaction().execute(inOne));
}

/** Nothing is left to say: released, and out of the way until the contact writes again. */
export function resolveConversation(db: Db, actor: Actor, id: string): Promise<void> {
  const inOne = async (tx: Tx): Promise<void> => {
    await releaseIn(tx, actor, id);
    await setConversationStatus(tx, actor.workspaceId, id, 'resolved');
    await insertAuditEntry(tx, actor, 'conversation.resolved', { kind: 'conversation', id }, {});
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

async function releaseIn(tx: Tx, actor: Actor, id: string): Promise<void> {
  const { workspaceId } = actor;
  const conversation = await lockConversation(tx, workspaceId, id);
  if (!conversation) throw notFound('conversation', id);
  await setConversationOwner(tx, workspaceId, id, null);
  if (conversation.ownerUserId === null) return;
  const released = await letGoOn(tx, workspaceId, conversation.contactId, actor);
  await insertAuditEntry(tx, actor, 'conversation.released', { kind: 'conversation', id }, { released });
}

async function letGoOn(tx: Tx, workspaceId: WorkspaceId, contactId: string, actor: Actor): Promise<number> {
  if (await isContactTakenOver(tx, workspaceId, contactId)) return 0;
  const open = await listOpenEnrolments(tx, workspaceId, contactId);
  const ids = open.map((row) => row.id);
  const released = await releaseEnrolmentsIn(tx, workspaceId, ids, 'humanTakeover', { kind: actor.kind, id: actorId(actor) });
  return released.length;
}
