import { beforeEach, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { satisfactionFlow } from '#server/domain/chatbot/testing/flows.ts';
import { emptyDefinition } from '#server/domain/definition/schema.ts';
import { appRouter } from './root.ts';
import { createCaller } from './trpc.ts';

const database = useTestDatabase();
const callerOf = (id: string) => createCaller(appRouter)({ db: database.db, actor: systemActor(id) });
let workspaceId = '';
let api: ReturnType<typeof callerOf>;

async function newWorkspace(slug: string): Promise<string> {
  const { id } = await database.db.insertInto('workspaces').values({ slug, name: slug }).returning('id').executeTakeFirstOrThrow();
  return id;
}

async function newSurvey(): Promise<string> {
  for (const key of ['rating', 'surveyed']) await api.contacts.createField({ label: key, key });
  const { id } = await api.chatbots.create({ name: 'Pesquisa', flow: satisfactionFlow });
  return id;
}

beforeEach(async () => {
  await database.db.deleteFrom('workspaces').execute();
  workspaceId = await newWorkspace('acme');
  api = callerOf(workspaceId);
});

it('begins as an empty draft, with what keeps it from being published', async () => {
  const { id } = await api.chatbots.create({ name: ' Boas-vindas ' });
  expect(await api.chatbots.get({ id })).toMatchObject({
    name: 'Boas-vindas',
    draft: { start: null, blocks: [] },
    draftRevision: 1,
    liveVersion: null,
    changed: true,
    problems: [{ code: 'noBlocks', blockKey: null }],
  });
  await expect(api.chatbots.publish({ id })).rejects.toMatchObject({
    code: 'PRECONDITION_FAILED',
    cause: { details: { problems: [{ code: 'noBlocks' }] } },
  });
});

it('saves a draft by its revision, and refuses to write over a newer one', async () => {
  const id = await newSurvey();
  const flow = { start: null, blocks: satisfactionFlow.blocks.slice(0, 1) };
  expect(await api.chatbots.saveDraft({ id, flow, draftRevision: 1, name: 'Outra' })).toEqual({ draftRevision: 2, problems: [] });
  await expect(api.chatbots.saveDraft({ id, flow: satisfactionFlow, draftRevision: 1 })).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: { details: { draftRevision: 2, draft: flow } },
  });
  expect(await api.chatbots.get({ id })).toMatchObject({ name: 'Outra', draft: flow });
});

it('publishes immutable versions', async () => {
  const id = await newSurvey();
  expect(await api.chatbots.publish({ id, draftRevision: 1 })).toEqual({ version: 1 });
  expect(await api.chatbots.get({ id })).toMatchObject({ liveVersion: 1, changed: false });
  const flow = { start: null, blocks: satisfactionFlow.blocks.slice(0, 1) };
  await api.chatbots.saveDraft({ id, flow });
  expect(await api.chatbots.get({ id })).toMatchObject({ liveVersion: 1, changed: true });
  expect(await api.chatbots.publish({ id })).toEqual({ version: 2 });
  const versions = await database.db.selectFrom('chatbotVersions').select(['version', 'flow']).orderBy('version').execute();
  expect(versions).toEqual([
    { version: 1, flow: satisfactionFlow },
    { version: 2, flow },
  ]);
  await expect(api.chatbots.publish({ id, draftRevision: 1 })).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('lists by name, without accents or case, page by page', async () => {
  for (const name of ['Zebra', 'ágil', 'Boas-vindas', 'Azul']) await api.chatbots.create({ name });
  const first = await api.chatbots.list({ limit: 3 });
  expect(first.items.map((item) => item.name)).toEqual(['ágil', 'Azul', 'Boas-vindas']);
  expect(first.items[0]).toMatchObject({ blockCount: 0, openSessions: 0, liveVersion: null });
  const rest = await api.chatbots.list({ limit: 3, cursor: first.nextCursor });
  expect(rest).toMatchObject({ items: [{ name: 'Zebra' }], nextCursor: null });
  expect((await api.chatbots.list({ search: 'AGIL' })).items.map((item) => item.name)).toEqual(['ágil']);
  await expect(api.chatbots.list({ cursor: 'nothing' })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});

it('talks in a test chat without storing anything', async () => {
  const asked = await api.chatbots.tryOut({ flow: satisfactionFlow });
  expect(asked.messages.map((message) => message.blockKey)).toEqual(['hello', 'rating']);
  const state = asked.state;
  const next = await api.chatbots.tryOut({ flow: satisfactionFlow, state, text: 'otimo' });
  expect(next).toMatchObject({ messages: [{ text: 'Qual é o seu e-mail?' }], fields: { 'contact.fields.rating': 'Ótimo' }, outcome: null });
  const end = await api.chatbots.tryOut({ flow: satisfactionFlow, state: next.state, text: 'ana@exemplo.com' });
  expect(end).toMatchObject({ outcome: 'completed', fields: { 'contact.email': 'ana@exemplo.com' } });
  expect(await database.db.selectFrom('botSessions').select('id').execute()).toEqual([]);
});

it('talks in a test chat as a contact of the workspace, never as another’s', async () => {
  const { id: contactId } = await api.contacts.create({ name: 'Bruno Lima' });
  const asked = await api.chatbots.tryOut({ flow: satisfactionFlow, contactId });
  expect(asked.messages[0]?.text).toBe('Oi, Bruno.');
  const other = callerOf(await newWorkspace('other'));
  await expect(other.chatbots.tryOut({ flow: satisfactionFlow, contactId })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('is deleted unless a running sequence starts it', async () => {
  const id = await newSurvey();
  await api.chatbots.publish({ id });
  const account = await database.db
    .insertInto('channelAccounts')
    .values({ workspaceId, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 10 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const step = {
    key: 'bot',
    type: 'chatbot',
    timing: { kind: 'immediately' },
    chatbot: { chatbotId: id, channelAccountId: account.id, timeoutMinutes: 60 },
  };
  const definition = JSON.stringify({ ...emptyDefinition, steps: [{ ...step, key: 'first', paths: { completed: [step] } }] });
  const sequence = await database.db
    .insertInto('sequences')
    .values({ workspaceId, name: 'Onboarding', status: 'running', draft: definition, liveVersion: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  await database.db.insertInto('sequenceVersions').values({ workspaceId, sequenceId: sequence.id, version: 1, definition }).execute();
  await expect(api.chatbots.delete({ id })).rejects.toMatchObject({
    code: 'CONFLICT',
    cause: { details: { sequences: [{ id: sequence.id, name: 'Onboarding' }] } },
  });
  await database.db.updateTable('sequences').set({ status: 'archived' }).execute();
  await api.chatbots.delete({ id });
  await expect(api.chatbots.get({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect((await api.chatbots.list()).items).toEqual([]);
});

it('is not there for another workspace', async () => {
  const id = await newSurvey();
  const other = callerOf(await newWorkspace('other'));
  for (const call of [
    () => other.chatbots.get({ id }),
    () => other.chatbots.saveDraft({ id, flow: satisfactionFlow }),
    () => other.chatbots.publish({ id }),
    () => other.chatbots.delete({ id }),
  ]) {
    await expect(call()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  }
});

it('refuses fields it does not know', async () => {
  const flow = { start: null, blocks: [{ key: 'a', type: 'text', text: 'Oi', colour: 'red' }] };
  await expect(api.chatbots.create({ name: 'X', flow: flow as never })).rejects.toMatchObject({ code: 'BAD_REQUEST' });
});
