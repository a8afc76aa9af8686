import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { createEngine } from '../engine/engine.ts';
import { moveInProgress } from '../engine/move-in-progress.ts';
import { addVersion, makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { runOperation } from '../operations/run-operation.ts';
import { archiveSequence } from './archive-sequence.ts';
import { pauseSequence } from './pause-sequence.ts';
import { resumeSequence } from './resume-sequence.ts';

const database = useTestDatabase();
const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;
const inTwoHours = { kind: 'after', amount: 2, unit: 'hours' } as const;
let at: TestWorkspace;
beforeEach(async () => {
  await database.setClock('2026-03-02T12:00:00Z');
  at = await makeWorkspace(database.db);
});

async function running(steps: Step[], count = 2): Promise<string> {
  const sequenceId = await makeSequence(database.db, at.workspaceId, { steps });
  const target = { contactIds: await makeContacts(database.db, at.workspaceId, count) };
  const answer = await enrolContacts(database.db, at.actor, { sequenceId, target });
  if ('operationId' in answer) await runOperation(database.db, at.workspaceId, answer.operationId);
  return sequenceId;
}
const enrolments = (sequenceId: string) =>
  database.db.selectFrom('enrolments').selectAll().where('sequenceId', '=', sequenceId).orderBy('id').execute();
const eventsOf = (enrolmentId: string | undefined) =>
  database.db
    .selectFrom('enrolmentEvents')
    .selectAll()
    .where('enrolmentId', '=', enrolmentId ?? '')
    .orderBy('id')
    .execute();
async function pass(sequenceId: string): Promise<void> {
  const engine = createEngine(database.db);
  await advanceSequence(engine, at.workspaceId, sequenceId);
  await engine.dispatcher.idle();
}
const sentCount = async (sequenceId: string): Promise<number> =>
  (await database.db.selectFrom('messages').select('id').where('sequenceId', '=', sequenceId).where('state', '=', 'accepted').execute())
    .length;
const iso = (date: Date | null | undefined): string | undefined => date?.toISOString();

test('a paused sequence sends nothing, and resumed by shifting it sends later by as long as it was paused', async () => {
  const sequenceId = await running([messageStep('a', at.accountId, inOneHour)]);
  const [before] = await enrolments(sequenceId);
  await pauseSequence(database.db, at.actor, { id: sequenceId });
  await database.setClock('2026-03-02T22:00:00Z');
  await pass(sequenceId);
  expect(await sentCount(sequenceId)).toBe(0);
  await resumeSequence(database.db, at.actor, { id: sequenceId, overdue: 'shift' });
  const [after] = await enrolments(sequenceId);
  expect((after?.dueAt?.getTime() ?? 0) - (before?.dueAt?.getTime() ?? 0)).toBeGreaterThan(9.9 * 3_600_000);
  expect((await eventsOf(after?.id)).map((event) => [event.kind, event.reasons])).toEqual([['rescheduled', ['pause']]]);
  await pass(sequenceId);
  expect(await sentCount(sequenceId)).toBe(0);
});

test('resumed by sending, what is overdue leaves now; resumed by skipping, it is passed over', async () => {
  for (const overdue of ['send', 'skip'] as const) {
    await database.setClock('2026-03-02T12:00:00Z');
    const sequenceId = await running([messageStep('a', at.accountId, inOneHour), messageStep('b', at.accountId, inTwoHours)]);
    await pauseSequence(database.db, at.actor, { id: sequenceId });
    await database.setClock('2026-03-02T22:00:00Z');
    await resumeSequence(database.db, at.actor, { id: sequenceId, overdue });
    await pass(sequenceId);
    expect(await sentCount(sequenceId)).toBe(overdue === 'send' ? 2 : 0);
    const [row] = await enrolments(sequenceId);
    expect(row).toMatchObject({ stepKey: 'b', stepNumber: 2 });
    if (overdue === 'skip') expect(iso(row?.dueAt)?.slice(0, 13)).toBe('2026-03-03T00');
  }
});

test('with many waiting, a worker shifts them first and the sequence runs when it is done', async () => {
  const sequenceId = await running([messageStep('a', at.accountId, inOneHour)], 2_500);
  await pauseSequence(database.db, at.actor, { id: sequenceId });
  await database.setClock('2026-03-02T22:00:00Z');
  const answer = await resumeSequence(database.db, at.actor, { id: sequenceId, overdue: 'shift' });
  if (!('operationId' in answer)) throw new Error('expected an operation');
  await expect(resumeSequence(database.db, at.actor, { id: sequenceId, overdue: 'shift' })).rejects.toMatchObject({ code: 'conflict' });
  await pass(sequenceId);
  expect(await sentCount(sequenceId)).toBe(0);
  await runOperation(database.db, at.workspaceId, answer.operationId);
  const { status } = await database.db.selectFrom('sequences').select('status').where('id', '=', sequenceId).executeTakeFirstOrThrow();
  expect(status).toBe('running');
  expect((await enrolments(sequenceId)).every((row) => (row.dueAt?.getTime() ?? 0) > Date.parse('2026-03-02T22:00:00Z'))).toBe(true);
});

test('archiving ends whoever is in the sequence, and nobody enters any more', async () => {
  const sequenceId = await running([messageStep('a', at.accountId, inOneHour)]);
  await archiveSequence(database.db, at.actor, { id: sequenceId });
  expect((await enrolments(sequenceId)).map((row) => row.exitReason)).toEqual(['sequenceArchived', 'sequenceArchived']);
  const contactIds = await makeContacts(database.db, at.workspaceId, 1);
  await expect(enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } })).rejects.toMatchObject({ code: 'conflict' });
});

test('people in progress move to the new version: the same step from the same anchor, a deleted one to the next that survives', async () => {
  const [a, b, c] = ['a', 'b', 'c'].map((key) => messageStep(key, at.accountId, inOneHour)) as [Step, Step, Step];
  const sequenceId = await running([a, b, c], 1);
  const [before] = await enrolments(sequenceId);
  const publish = async (version: number, steps: Step[]): Promise<void> => {
    const definition: Definition = { ...emptyDefinition, window: null, steps };
    await addVersion(database.db, at.workspaceId, sequenceId, version, definition);
    await database.db.updateTable('sequences').set({ liveVersion: version }).where('id', '=', sequenceId).execute();
    await database.db.transaction().execute((tx) => moveInProgress(tx, at.actor, sequenceId));
  };
  await publish(2, [{ ...a, timing: inTwoHours }, b, c]);
  const [moved] = await enrolments(sequenceId);
  expect(moved).toMatchObject({ version: 2, stepKey: 'a', stepNumber: 1, anchorAt: before?.anchorAt });
  expect((moved?.dueAt?.getTime() ?? 0) - (before?.dueAt?.getTime() ?? 0)).toBe(3_600_000);
  await publish(3, [c]);
  expect(await enrolments(sequenceId)).toMatchObject([{ version: 3, stepKey: 'c', stepNumber: 1 }]);
  await publish(4, [b]);
  expect(await enrolments(sequenceId)).toMatchObject([{ version: 4, status: 'ended', exitReason: 'completed' }]);
  expect((await eventsOf(before?.id)).map((event) => event.kind)).toEqual(['moved', 'moved', 'moved', 'exited']);
});
