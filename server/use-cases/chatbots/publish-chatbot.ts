import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { insertChatbotVersion, lockChatbot } from '#db/queries/chatbots.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { validateFlow } from '#server/domain/chatbot/validate-flow.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';

/** Freezes the draft as the next version and makes it live: new sessions run it, open ones end by the version they began
 *  with. Refused as `notPublishable`, with the problems, while the draft has any; and as a conflict when `draftRevision`
 *  is given and is no longer the newest. */
export async function publishChatbot(
  db: Db,
  actor: Actor,
  input: { id: string; draftRevision?: number | undefined },
): Promise<{ version: number }> {
  return db.transaction().execute(async (tx) => {
    const chatbot = await lockChatbot(tx, actor.workspaceId, input.id);
    if (!chatbot) throw notFound('chatbot', input.id);
    if (input.draftRevision !== undefined && input.draftRevision !== chatbot.draftRevision) {
      throw new DomainError('conflict', 'The draft has changed since you looked at it. Look at it again, then publish.', {
        draftRevision: chatbot.draftRevision,
      });
    }
    const problems = validateFlow(chatbot.draft, { fields: await listContactFields(tx, actor.workspaceId) });
    if (problems.length > 0) {
      throw new DomainError('notPublishable', 'This chatbot cannot be published yet. Mend the problems at its blocks first.', { problems });
    }
    const version = (chatbot.liveVersion ?? 0) + 1;
    await insertChatbotVersion(tx, actor.workspaceId, { chatbotId: input.id, version, flow: chatbot.draft, publishedBy: actorId(actor) });
    await insertAuditEntry(tx, actor, 'chatbot.published', { kind: 'chatbot', id: input.id }, { version });
    return { version };
  });
}
