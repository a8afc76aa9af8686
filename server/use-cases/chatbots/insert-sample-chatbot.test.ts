import { expect, it } from 'vitest';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { findChatbot } from '#db/queries/chatbots.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { validateFlow } from '#server/domain/chatbot/validate-flow.ts';
import { insertSampleChatbot } from './insert-sample-chatbot.ts';

const database = useTestDatabase();

it.each(['pt-BR', 'en'] as const)('the sample chatbot in %s is live and without problems', async (locale) => {
  const workspace = await database.db
    .insertInto('workspaces')
    .values({ slug: locale.toLowerCase(), name: locale })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { workspaceId } = systemActor(workspace.id);
  const { id } = await database.db.transaction().execute((tx) => insertSampleChatbot(tx, workspaceId, locale));
  const chatbot = await findChatbot(database.db, workspaceId, id);
  expect(chatbot).toMatchObject({ liveVersion: 1, changed: false });
  expect(
    validateFlow(chatbot?.draft ?? { start: null, blocks: [] }, { fields: await listContactFields(database.db, workspaceId) }),
  ).toEqual([]);
});
