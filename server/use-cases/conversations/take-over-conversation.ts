/** A person of the team takes a conversation over: bots fall silent in it, and the contact's enrolments wait. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { lockConversation, setConversationOwner, setConversationStatus } from '#db/queries/conversations.ts';
import { isMemberUser } from '#db/queries/members.ts';
import { listOpenEnrolments } from '#db/queries/open-enrolments.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { holdEnrolmentsIn } from '../enrolments/hold-enrolments-in.ts';

export interface TakeOverInput {
  readonly id: string;
  /** The member who has it from now on; without it, who asks. An API key is nobody, and has to say who. */
  readonly userId?: string | undefined;
}

/** Taking over what another member has hands it on. Throws `notFound` for a conversation of elsewhere, `invalid` for a user
 *  who is no member. */
export function takeOverConversation(db: Db, actor: Actor, input: TakeOverInput): Promise<void> {
  const { workspaceId } = actor;
  const inOne = async (tx: Tx): Promise<void> => {
    const conversation = await lockConversation(tx, workspaceId, input.id);
    if (!conversation) throw notFound('conversation', input.id);
    const userId = await ownerOf(tx, actor, input.userId);
    await setConversationOwner(tx, workspaceId, input.id, userId);
    await setConversationStatus(tx, workspaceId, input.id, 'open');
    const open = await listOpenEnrolments(tx, workspaceId, conversation.contactId);
    const hold = { reason: 'humanTakeover', until: null } as const;
    const held = await holdEnrolmentsIn(
      tx,
      workspaceId,
      open.map((row) => row.id),
      hold,
      { kind: actor.kind, id: actorId(actor) },
    );
    await insertAuditEntry(tx, actor, 'conversation.takenOver', { kind: 'conversation', id: input.id }, { userId, held: held.length });
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

async function ownerOf(tx: Tx, actor: Actor, userId: string | undefined): Promise<string> {
  const id = userId ?? (actor.kind === 'user' ? actorId(actor) : null);
  if (id === null) {
    throw new DomainError('invalid', 'Say who takes the conversation over: send `userId` of a member of the workspace.', {
      field: 'userId',
    });
  }
  if (await isMemberUser(tx, actor.workspaceId, id)) return id;
  throw new DomainError('invalid', 'That user is no member of the workspace. Choose one of `members.list`.', { field: 'userId' });
}
