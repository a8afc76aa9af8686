import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { noWorkspaceRules } from '#server/domain/definition/compile.ts';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { simulate } from '#server/domain/simulate.ts';
import { enrolContacts } from '#server/use-cases/enrolments/enrol-contacts.ts';
import { advanceTestClock } from '#server/use-cases/platform/advance-test-clock.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep } from '#server/use-cases/engine/testing.ts';
import { startWorker } from './worker.ts';

const database = useTestDatabase();

test('five exact waits over a weekend are sent at the very instants that the simulation gave', async () => {
  await database.setClock('2026-11-27T17:50:20-03:00');
  const at = await makeWorkspace(database.db);
  const steps: Step[] = [
    messageStep('soon', at.accountId, { kind: 'after', amount: 25, unit: 'minutes' }),
    messageStep('hours', at.accountId, { kind: 'after', amount: 5, unit: 'hours' }),
    messageStep('days', at.accountId, { kind: 'after', amount: 1, unit: 'days', at: '14:10' }),
    messageStep('business', at.accountId, { kind: 'after', amount: 2, unit: 'businessDays' }),
    messageStep('weekday', at.accountId, { kind: 'onWeekday', weekdays: ['fri'], at: '10:30' }),
  ];
  const definition: Definition = { ...emptyDefinition, steps };
  const sequenceId = await makeSequence(database.db, at.workspaceId, definition);
  const contactIds = await makeContacts(database.db, at.workspaceId, 3, 'America/Sao_Paulo');
  await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
  const enrolment = await database.db.selectFrom('enrolments').select('startedAt').executeTakeFirstOrThrow();
  const simulated = simulate({
    definition,
    rules: noWorkspaceRules,
    startAt: enrolment.startedAt,
    zone: 'America/Sao_Paulo',
    zoneOrigin: 'set',
    fields: {},
  });

  const worker = await startWorker({ connectionString: database.url, testClock: true });
  try {
    await advanceTestClock(database.db, new Date('2026-12-06T12:00:00-03:00'));
  } finally {
    await worker.stop();
  }
  const sent = await database.db
    .selectFrom('messages')
    .select(['contactId', 'stepKey', 'acceptedAt', 'dueAt', 'state'])
    .orderBy('acceptedAt')
    .execute();
  expect(sent).toHaveLength(15);
  for (const contactId of contactIds) {
    const own = sent.filter((message) => message.contactId === contactId);
    expect(own.map((message) => message.dueAt)).toEqual(simulated.steps.map((step) => step.plannedAt));
    const minutes = own.map(({ stepKey, acceptedAt }) => ({ stepKey, at: acceptedAt?.toISOString().slice(0, 16) }));
    expect(minutes).toEqual(simulated.steps.map((step) => ({ stepKey: step.stepKey, at: step.plannedAt?.toISOString().slice(0, 16) })));
  }
  const { count } = await database.db
    .selectFrom('enrolments')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('exitReason', '=', 'completed')
    .executeTakeFirstOrThrow();
  expect(count).toBe(3);
});
