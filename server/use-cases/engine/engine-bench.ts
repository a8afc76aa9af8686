/** What tests of the engine do over and over: let people into a sequence, pass over it, and look at what came of it. */
import { afterEach, beforeEach } from 'vitest';
import type { TestDatabase } from '#db/testing/test-database.ts';
import type { SendResult } from '#server/channels/channel.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { advanceSequence } from './advance-sequence.ts';
import { createEngine, type Engine } from './engine.ts';
import { makeContacts, makeSequence, makeWorkspace, type TestWorkspace } from './testing.ts';

export const office = { weekly: { mon: [['09:00', '18:00']], tue: [['09:00', '18:00']], wed: [['09:00', '18:00']] } } as const;
export const now = { kind: 'immediately' } as const;
export const inOneHour = { kind: 'after', amount: 1, unit: 'hours' } as const;

/** A Monday, 09:30 in São Paulo. */
const monday = '2026-03-02T12:30:00Z';

/** Call at the top of a test file: every test begins on a Monday at 09:30, with a workspace and an engine of its own. */
export function useEngineBench(database: TestDatabase) {
  let at: TestWorkspace;
  let engine: Engine;
  beforeEach(async () => {
    await database.setClock(monday);
    at = await makeWorkspace(database.db);
    engine = createEngine(database.db);
  });
  afterEach(() => engine.dispatcher.idle());

  return {
    get at() {
      return at;
    },
    get engine() {
      return engine;
    },
    /** `count` people who begin a sequence of `steps`; the enrolment is the first one's. */
    async enrolled(
      steps: Step[],
      more: object = {},
      count = 1,
    ): Promise<{ sequenceId: string; contactIds: string[]; enrolmentId: string }> {
      const sequenceId = await makeSequence(database.db, at.workspaceId, { ...more, steps });
      const contactIds = await makeContacts(database.db, at.workspaceId, count);
      const answer = await enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
      if (!('accepted' in answer)) throw new Error('expected an answer at once');
      return { sequenceId, contactIds, enrolmentId: answer.accepted[0]?.enrolmentId ?? '' };
    },
    /** Claims what is due, and resolves when it is settled. */
    async pass(sequenceId: string): Promise<void> {
      await advanceSequence(engine, at.workspaceId, sequenceId);
      await engine.dispatcher.idle();
    },
    /** From here on the provider answers as told; what it was asked to send is noted. */
    providerAnswers(answer: () => SendResult | Promise<SendResult>): { sent: string[] } {
      const sent: string[] = [];
      engine = createEngine(database.db, {
        senders: () =>
          Promise.resolve({
            send: async (message) => {
              sent.push(message.id);
              return await answer();
            },
          }),
      });
      return { sent };
    },
    enrolment: (id: string) => database.db.selectFrom('enrolments').selectAll().where('id', '=', id).executeTakeFirstOrThrow(),
    messages: () =>
      database.db.selectFrom('messages').selectAll().where('workspaceId', '=', at.workspaceId).orderBy('stepNumber').execute(),
    events: (enrolmentId: string) =>
      database.db.selectFrom('enrolmentEvents').selectAll().where('enrolmentId', '=', enrolmentId).orderBy('id').execute(),
    delivered: () => database.db.selectFrom('sandboxDeliveries').selectAll().where('workspaceId', '=', at.workspaceId).execute(),
  };
}
