/** Fills a workspace that was just made: the sandbox channel, sample contacts, a published chatbot and a sequence as a draft. */
import type { Tx } from '#db/client.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { ensureSandboxAccount } from '../channels/ensure-sandbox-account.ts';
import { insertSampleChatbot } from '../chatbots/insert-sample-chatbot.ts';
import { type SampleLocale, sampleContacts, sampleSequence, sampleTagName } from './sample-content.ts';

export async function insertSampleContent(tx: Tx, workspaceId: WorkspaceId, locale: SampleLocale): Promise<void> {
  const channelAccountId = await ensureSandboxAccount(tx, workspaceId);
  const contacts = await tx
    .insertInto('contacts')
    .values(sampleContacts.map((contact) => ({ workspaceId, ...contact, locale, timeZoneOrigin: 'phone' })))
    .returning('id')
    .execute();
  const tag = await tx
    .insertInto('tags')
    .values({ workspaceId, name: sampleTagName(locale) })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .insertInto('contactTags')
    .values(contacts.map((contact) => ({ workspaceId, contactId: contact.id, tagId: tag.id })))
    .execute();
  const { id: chatbotId } = await insertSampleChatbot(tx, workspaceId, locale);
  const sequence = sampleSequence(locale, { channelAccountId, chatbotId });
  await tx
    .insertInto('sequences')
    .values({ workspaceId, name: sequence.name, draft: JSON.stringify(sequence.definition) })
    .execute();
}
