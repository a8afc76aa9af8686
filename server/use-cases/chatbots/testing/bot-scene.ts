/** A workspace with a running sequence whose first step is a chatbot, and contacts who stand at that step. */
import type { Db } from '#db/client.ts';
import { type Actor, systemActor } from '#server/auth/actor.ts';
import { type Flow } from '#server/domain/chatbot/flow.ts';
import { emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { createChatbot } from '../create-chatbot.ts';
import { publishChatbot } from '../publish-chatbot.ts';
import type { BotStart } from '../start-bot-sessions.ts';

export interface BotScene {
  readonly actor: Actor;
  readonly workspaceId: string;
  readonly channelAccountId: string;
  readonly chatbotId: string;
  readonly sequenceId: string;
  /** What the engine would ask for, for a new contact of this name; `at` as given. */
  enrol(name: string, at: Date, contact?: { phone?: string | null; email?: string | null }): Promise<BotStart>;
}

export const timeoutMinutes = 60;

export async function botScene(db: Db, slug: string, flow: Flow, paths: Record<string, Step[]> = {}): Promise<BotScene> {
  const { id } = await db.insertInto('workspaces').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow();
  const actor = systemActor(id);
  const { workspaceId } = actor;
  for (const [key, kind] of [
    ['rating', 'text'],
    ['surveyed', 'text'],
    ['guests', 'number'],
  ] as const) {
    await db.insertInto('contactFields').values({ workspaceId, key, label: key, kind }).execute();
  }
  const account = await db
    .insertInto('channelAccounts')
    .values({ workspaceId, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 100, tokens: 100 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const chatbot = await createChatbot(db, actor, { name: 'Pesquisa', flow });
  await publishChatbot(db, actor, { id: chatbot.id });
  const message = (key: string): Step => ({
    key,
    type: 'message',
    timing: { kind: 'immediately' },
    message: { channelAccountId: account.id, body: key },
  });
  const steps: Step[] = [
    {
      key: 'bot',
      type: 'chatbot',
      timing: { kind: 'immediately' },
      chatbot: { chatbotId: chatbot.id, channelAccountId: account.id, timeoutMinutes },
      paths: { noAnswer: [message('unanswered')], handoff: [message('handed-over')], ...paths },
    },
    message('after'),
  ];
  const definition = JSON.stringify({ ...emptyDefinition, window: null, steps });
  const sequence = await db
    .insertInto('sequences')
    .values({ workspaceId, name: 'Boas-vindas', status: 'running', draft: definition, liveVersion: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db.insertInto('sequenceVersions').values({ workspaceId, sequenceId: sequence.id, version: 1, definition }).execute();

  return {
    actor,
    workspaceId,
    channelAccountId: account.id,
    chatbotId: chatbot.id,
    sequenceId: sequence.id,
    async enrol(
      name,
      at,
      { phone = null, email = null } = { phone: `+55119${String(10_000_000 + Math.trunc(Math.random() * 89_999_999))}` },
    ) {
      const contact = await db.insertInto('contacts').values({ workspaceId, name, phone, email }).returning('id').executeTakeFirstOrThrow();
      const enrolment = await db
        .insertInto('enrolments')
        .values({
          workspaceId,
          sequenceId: sequence.id,
          contactId: contact.id,
          source: 'manual',
          version: 1,
          stepKey: 'bot',
          stepNumber: 1,
          waitingFor: 'bot',
          anchorAt: at,
          startedAt: at,
          timeZone: 'America/Sao_Paulo',
          timeZoneOrigin: 'workspace',
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return {
        workspaceId,
        enrolmentId: enrolment.id,
        enrolmentEpoch: 0,
        stepNumber: 1,
        contactId: contact.id,
        channelAccountId: account.id,
        chatbotId: chatbot.id,
        timeoutMinutes,
        at,
      };
    },
  };
}
