import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listSequencesUsingChatbot, lockChatbot, markChatbotDeleted } from '#db/queries/chatbots.ts';
import type { Actor } from '#server/auth/actor.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';

/** Deletes a chatbot that no running or paused sequence starts. Sessions that are open go on to their end. */
export async function deleteChatbot(db: Db, actor: Actor, input: { id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const chatbot = await lockChatbot(tx, actor.workspaceId, input.id);
    if (!chatbot) throw notFound('chatbot', input.id);
    const sequences = await listSequencesUsingChatbot(tx, actor.workspaceId, input.id);
    if (sequences.length > 0) {
      const names = sequences.map((sequence) => `“${sequence.name}”`).join(', ');
      throw new DomainError('conflict', `This chatbot is used by ${names}. Take it out there or archive the sequence, then delete it.`, {
        sequences,
      });
    }
    await markChatbotDeleted(tx, actor.workspaceId, input.id);
    await insertAuditEntry(tx, actor, 'chatbot.deleted', { kind: 'chatbot', id: input.id }, { name: chatbot.name });
  });
}
