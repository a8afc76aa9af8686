import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { lockChatbot, updateChatbotDraft } from '#db/queries/chatbots.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import { type FlowProblem, validateFlow } from '#server/domain/chatbot/validate-flow.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';

export interface SaveChatbotDraft {
  readonly id: string;
  readonly name?: string | undefined;
  readonly flow: Flow;
  /** The revision the change began from. Without it, whatever is there is written over. */
  readonly draftRevision?: number | undefined;
}

/** Writes the draft and answers its new revision, and what would keep it from being published.
 *  Over a newer revision it is a conflict, whose details hold that newer draft. */
export async function saveChatbotDraft(
  db: Db,
  actor: Actor,
  input: SaveChatbotDraft,
): Promise<{ draftRevision: number; problems: FlowProblem[] }> {
  return db.transaction().execute(async (tx) => {
    const chatbot = await lockChatbot(tx, actor.workspaceId, input.id);
    if (!chatbot) throw notFound('chatbot', input.id);
    if (input.draftRevision !== undefined && input.draftRevision !== chatbot.draftRevision) {
      throw new DomainError('conflict', 'Somebody saved a newer draft of this chatbot. Load it, then make your change again.', {
        draftRevision: chatbot.draftRevision,
        draft: chatbot.draft,
      });
    }
    const name = input.name ?? chatbot.name;
    const draftRevision = await updateChatbotDraft(tx, actor.workspaceId, input.id, { name, draft: input.flow });
    if (name !== chatbot.name) {
      await insertAuditEntry(tx, actor, 'chatbot.renamed', { kind: 'chatbot', id: input.id }, { from: chatbot.name, to: name });
    }
    return { draftRevision, problems: validateFlow(input.flow, { fields: await listContactFields(tx, actor.workspaceId) }) };
  });
}
