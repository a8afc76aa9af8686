import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertChatbot } from '#db/queries/chatbots.ts';
import type { Actor } from '#server/auth/actor.ts';
import { emptyFlow, type Flow } from '#server/domain/chatbot/flow.ts';

/** Makes a chatbot with a draft and nothing live yet. */
export async function createChatbot(db: Db, actor: Actor, input: { name: string; flow?: Flow | undefined }): Promise<{ id: string }> {
  return db.transaction().execute(async (tx) => {
    const id = await insertChatbot(tx, actor.workspaceId, { name: input.name, draft: input.flow ?? emptyFlow });
    await insertAuditEntry(tx, actor, 'chatbot.created', { kind: 'chatbot', id }, { name: input.name });
    return { id };
  });
}
