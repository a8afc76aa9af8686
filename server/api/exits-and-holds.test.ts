/** What stops an enrolment from outside, through the API: groups, goals, people who take over, absences, opt-outs. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { advanceSequence } from '#server/use-cases/engine/advance-sequence.ts';
import { createEngine, type Engine } from '#server/use-cases/engine/engine.ts';
import { maintainWorkspace } from '#server/use-cases/engine/maintain-workspace.ts';
import { makeSequence, messageStep } from '#server/use-cases/engine/testing.ts';
import type { World } from './authorisation/fixture.ts';
import { makeWorld } from './authorisation/world.ts';

const database = useTestDatabase();
/** A Monday, 09:30 in São Paulo. */
const monday = '2026-03-02T12:30:00Z';
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;
const now = { kind: 'immediately' } as const;

let world: World;
let engine: Engine;
beforeEach(async () => {
  await database.setClock(monday);
  world = await makeWorld(database.db, `w-${crypto.randomUUID().slice(0, 8)}`);
  engine = createEngine(database.db);
});
afterEach(() => engine.dispatcher.idle());

const sequence = (more: Partial<Definition> = {}, timing: typeof inOneHour | typeof now = inOneHour): Promise<string> =>
  makeSequence(database.db, world.workspaceId, { steps: [messageStep('a', world.channelAccountId, timing)], ...more });
async function enrol(sequenceId: string): Promise<string> {
  const answer = await world.api.enrolments.enrol({ sequenceId, contactIds: [world.contactId] });
  return 'accepted' in answer ? (answer.accepted[0]?.enrolmentId ?? JSON.stringify(answer.refused)) : '';
}
const refusalOf = async (sequenceId: string) => {
  const answer = await world.api.enrolments.enrol({ sequenceId, contactIds: [world.contactId] });
  return 'refused' in answer ? answer.refused[0]?.reason : null;
};
const get = (id: string) => world.api.enrolments.get({ id });
const reply = (text: string, more: object = {}) =>
  world.api.sandbox.reply({ contactId: world.contactId, channelAccountId: world.channelAccountId, text, ...more });
const kinds = async (id: string) => (await get(id)).events.map((event) => event.kind);

test('a contact is in one sequence of a group at most, however often it is asked at once', async () => {
  const [one, two, other] = [
    await sequence({ exclusivityGroup: 'sales' }),
    await sequence({ exclusivityGroup: 'sales' }),
    await sequence(),
  ];
  const answers = await Promise.all([enrol(one), enrol(two)]);
  const entered = answers.filter((answer) => !answer.includes('exclusive'));
  expect(entered).toHaveLength(1);
  expect(answers.find((answer) => answer.includes('exclusive'))).toBeDefined();
  expect(await enrol(other)).not.toContain('reason');
  await world.api.enrolments.remove({ ids: [entered[0] ?? ''] });
  expect(await refusalOf(two)).toBeUndefined();
  expect(await refusalOf(one)).toBe('exclusive');
});

test('a reply ends the sequences of its group and no other', async () => {
  const scope = { exitOnReply: 'group', exclusivityGroup: 'sales' } as const;
  const [first, second, other] = [
    await enrol(await sequence(scope)),
    await enrol(await sequence(scope)),
    await enrol(await sequence({ exitOnReply: 'no' })),
  ];
  expect(second).toContain('exclusive');
  await reply('Quero saber mais');
  expect(await get(first)).toMatchObject({ status: 'ended', exitReason: 'replied' });
  expect(await get(other)).toMatchObject({ status: 'active' });
});

test('an event reaches the goals that wait for it, once per key, and not those that began after it', async () => {
  const goal = { event: 'purchase' };
  const [buyer, other] = [await enrol(await sequence({ goal })), await enrol(await sequence({ goal: { event: 'visit' } }))];
  const record = (occurredAt: string, more: object = {}) =>
    world.api.events.record({ contactId: world.contactId, name: 'purchase', occurredAt, ...more });
  expect(await record('2026-03-02T12:00:00Z')).toMatchObject({ goals: [] });
  const answer = await record('2026-03-02T12:31:00Z', { properties: { value: 90 }, idempotencyKey: 'order-1' });
  expect(answer.goals).toEqual([{ enrolmentId: buyer }]);
  expect(await record('2026-03-02T12:31:00Z', { properties: { value: 90 }, idempotencyKey: 'order-1' })).toEqual(answer);
  await expect(record('2026-03-02T12:31:00Z', { idempotencyKey: 'order-1' })).rejects.toMatchObject({ cause: { code: 'conflict' } });
  await expect(record('2026-03-03T12:31:00Z')).rejects.toMatchObject({ cause: { code: 'invalid' } });
  expect(await get(buyer)).toMatchObject({ status: 'ended', exitReason: 'goal' });
  const { items } = await world.api.contacts.timeline({ contactId: world.contactId });
  expect(items.filter((item) => item.event?.kind === 'recorded')).toMatchObject([
    { at: '2026-03-02T12:31:00.000000Z', event: { details: { name: 'purchase', properties: { value: 90 } } } },
    { at: '2026-03-02T12:00:00.000000Z' },
  ]);
  expect(await get(other)).toMatchObject({ status: 'active' });
});

test('a person who takes over holds the enrolments of the contact, later ones too, until the conversation is released', async () => {
  const waiting = await enrol(await sequence({ exitOnReply: 'no' }));
  await reply('Oi');
  const { items } = await world.api.conversations.list({ contactId: world.contactId });
  const id = items[0]?.id ?? '';
  await world.api.conversations.takeOver({ id });
  expect(await get(waiting)).toMatchObject({ status: 'held', holdReason: 'humanTakeover' });
  expect(await world.api.conversations.get({ id })).toMatchObject({ owner: { userId: world.user.userId } });

  const later = await sequence({}, now);
  const newcomer = await enrol(later);
  await advanceSequence(engine, world.workspaceId, later);
  expect(await get(newcomer)).toMatchObject({ status: 'held', holdReason: 'humanTakeover', messages: [] });

  await database.setClock('2026-03-02T15:00:00Z');
  await world.api.conversations.release({ id });
  // What remained of the hour goes on from now: nothing that the hold made overdue leaves at once.
  expect(await get(waiting)).toMatchObject({ status: 'active', moveReasons: ['hold'] });
  expect(((await get(waiting)).dueAt ?? '') > '2026-03-02T15:55').toBe(true);
  expect(await kinds(waiting)).toEqual(['enrolled', 'held', 'released']);
  await advanceSequence(engine, world.workspaceId, later);
  await engine.dispatcher.idle();
  expect(await get(newcomer)).toMatchObject({ status: 'ended', exitReason: 'completed' });
});

test('a pause and a hold stand together, and the wait goes on when both have ended', async () => {
  const id = await enrol(await sequence({ exitOnReply: 'no' }));
  await reply('Oi');
  const conversation = (await world.api.conversations.list({ contactId: world.contactId })).items[0]?.id ?? '';
  await world.api.enrolments.pause({ ids: [id] });
  await database.setClock('2026-03-02T12:45:00Z');
  await world.api.conversations.takeOver({ id: conversation });
  await database.setClock('2026-03-02T13:00:00Z');
  await world.api.enrolments.resume({ ids: [id] });
  expect(await get(id)).toMatchObject({ status: 'held' });
  await database.setClock('2026-03-02T14:00:00Z');
  await world.api.conversations.release({ id: conversation });
  expect(await get(id)).toMatchObject({ status: 'active' });
  const { anchorAt, dueAt } = await database.db
    .selectFrom('enrolments')
    .select(['anchorAt', 'dueAt'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  // Stopped from 12:30 to 14:00: the hour that was left begins then, and so does the anchor.
  const minutesFrom = (instant: string, at: Date | null) => Math.abs(Math.round(((at?.getTime() ?? 0) - Date.parse(instant)) / 60_000));
  expect(minutesFrom('2026-03-02T14:00:00Z', anchorAt)).toBe(0);
  expect(minutesFrom('2026-03-02T15:00:00Z', dueAt)).toBeLessThanOrEqual(1);
});

test('a machine that answers for an absent person holds, counts as no reply, and is over after three days', async () => {
  const id = await enrol(await sequence());
  expect(await reply('Volto dia 10', { subject: 'Resposta automática: férias' })).toMatchObject({ kind: 'outOfOffice' });
  expect(await get(id)).toMatchObject({ status: 'held', holdReason: 'outOfOffice' });
  await database.setClock('2026-03-05T12:30:00Z');
  await maintainWorkspace(database.db, world.workspaceId);
  expect(await get(id)).toMatchObject({ status: 'held' });
  await database.setClock('2026-03-05T12:31:00Z');
  await maintainWorkspace(database.db, world.workspaceId);
  expect(await get(id)).toMatchObject({ status: 'active' });
});

test.each(['SAIR', 'Pare!', 'stop.', ' Unsubscribe '])('"%s" ends what is sent there and keeps the contact out', async (text) => {
  const running = await sequence({ exitOnReply: 'no' });
  const id = await enrol(running);
  expect(await reply(text)).toMatchObject({ kind: 'optOut' });
  expect(await get(id)).toMatchObject({ status: 'ended', exitReason: 'optedOut' });
  expect(await refusalOf(running)).toBe('optedOut');
  expect((await world.api.contacts.get({ id: world.contactId })).optOuts).toMatchObject([{ channelKind: 'sandbox', source: 'reply' }]);
  await world.api.contacts.optIn({ id: world.contactId, channelKind: 'sandbox' });
  expect(await refusalOf(running)).toBeUndefined();
});

test('a word inside of a sentence takes nobody off', async () => {
  expect(await reply('Não quero parar agora')).toMatchObject({ kind: 'reply' });
});

test('an opt-out that comes between planning and claim is seen at the claim', async () => {
  const running = await sequence({ exitOnReply: 'no' }, now);
  const id = await enrol(running);
  await database.db
    .insertInto('optOuts')
    .values({ workspaceId: world.workspaceId, contactId: world.contactId, channelKind: 'sandbox', source: 'member' })
    .execute();
  await advanceSequence(engine, world.workspaceId, running);
  expect(await get(id)).toMatchObject({ status: 'ended', exitReason: 'optedOut', messages: [] });
});
