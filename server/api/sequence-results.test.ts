import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { systemActor } from '#server/auth/actor.ts';
import { chatbotStep, definitionOf, exitStep, messageStep } from '#server/domain/definition/testing.ts';
import { reachMetrics, type StepMetric, stepMetrics } from '#server/domain/results.ts';
import { resultsProcedures } from './sequence-results.ts';
import { createCaller, router } from './trpc.ts';

const database = useTestDatabase();
const caller = createCaller(router({ sequences: router(resultsProcedures) }));
const at = new Date('2026-11-23T12:00:00Z');
let workspaceId = '';
let sequenceId = '';
let accountId = '';
let stepNumber = 0;

const api = () =>
  caller({ db: database.db, actor: systemActor(workspaceId), user: null, client: { ip: null, userAgent: null } } as never).sequences;

beforeEach(async () => {
  const { db } = database;
  await db.deleteFrom('messages').execute();
  await db.deleteFrom('enrolments').execute();
  await db.deleteFrom('workspaces').execute();
  workspaceId = (await db.insertInto('workspaces').values({ slug: 'acme', name: 'Acme' }).returning('id').executeTakeFirstOrThrow()).id;
  accountId = (
    await db
      .insertInto('channelAccounts')
      .values({ workspaceId, kind: 'sandbox', name: 'Sandbox', ratePerSecond: 10 })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;
  const first = definitionOf([messageStep('hello'), messageStep('old')]);
  const second = definitionOf([messageStep('hello'), chatbotStep('ask', { noAnswer: [exitStep('bye')] }), messageStep('last')]);
  sequenceId = (
    await db
      .insertInto('sequences')
      .values({ workspaceId, name: 'Oi', draft: JSON.stringify(second), liveVersion: 2, status: 'running' })
      .returning('id')
      .executeTakeFirstOrThrow()
  ).id;
  for (const [index, definition] of [first, second].entries()) {
    await db
      .insertInto('sequenceVersions')
      .values({ workspaceId, sequenceId, version: index + 1, definition: JSON.stringify(definition) })
      .execute();
  }
});

interface NewEnrolment {
  name: string;
  version?: number;
  stepKey?: string | null;
  exitReason?: string | null;
}

async function enrol({ name, version = 2, stepKey = null, exitReason = null }: NewEnrolment): Promise<string> {
  const { db } = database;
  const contact = await db.insertInto('contacts').values({ workspaceId, name }).returning('id').executeTakeFirstOrThrow();
  const row = await db
    .insertInto('enrolments')
    .values({
      workspaceId,
      sequenceId,
      contactId: contact.id,
      source: 'manual',
      version,
      stepKey,
      anchorAt: at,
      timeZone: 'America/Sao_Paulo',
      timeZoneOrigin: 'workspace',
      exitReason,
      endedAt: exitReason ? at : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

async function message(
  enrolmentId: string,
  stepKey: string,
  state: string,
  more: { replied?: boolean; origin?: string; acceptedAt?: Date } = {},
) {
  const { db } = database;
  const accepted = ['accepted', 'sent', 'delivered', 'read'].includes(state) || more.acceptedAt !== undefined;
  const enrolment = await db
    .selectFrom('enrolments')
    .select(['contactId', 'version'])
    .where('id', '=', enrolmentId)
    .executeTakeFirstOrThrow();
  await db
    .insertInto('messages')
    .values({
      workspaceId,
      direction: 'out',
      origin: more.origin ?? 'step',
      contactId: enrolment.contactId,
      channelAccountId: accountId,
      state,
      body: 'Oi',
      enrolmentId,
      sequenceId,
      version: enrolment.version,
      stepKey,
      stepNumber: ++stepNumber,
      acceptedAt: accepted ? at : null,
      unknownAt: state === 'unknown' ? at : null,
      nextAttemptAt: state === 'queued' ? at : null,
      repliedAt: more.replied ? at : null,
    })
    .execute();
}

async function event(enrolmentId: string, kind: string, stepKey: string, reasons: string[] = []) {
  await database.db
    .insertInto('enrolmentEvents')
    .values({ workspaceId, enrolmentId, kind, stepKey, stepNumber: ++stepNumber, reasons })
    .execute();
}

/** Ana replied; Bia was delivered and waits at the bot; Caio failed; Davi was skipped; Eva is unknown; Fabio saw the old step. */
async function people() {
  const [ana, bia, caio, davi, eva, fabio] = [
    await enrol({ name: 'Ana', exitReason: 'replied' }),
    await enrol({ name: 'Bia', stepKey: 'last' }),
    await enrol({ name: 'Caio', exitReason: 'failed' }),
    await enrol({ name: 'Davi', exitReason: 'exitStep' }),
    await enrol({ name: 'Eva', stepKey: 'hello' }),
    await enrol({ name: 'Fábio', version: 1, exitReason: 'completed' }),
  ] as const;
  await message(ana, 'hello', 'read', { replied: true });
  await message(bia, 'hello', 'delivered');
  await message(bia, 'hello', 'delivered');
  await message(caio, 'hello', 'failed');
  await message(davi, 'hello', 'skipped');
  await message(eva, 'hello', 'unknown');
  await message(fabio, 'hello', 'accepted');
  await message(fabio, 'old', 'sent');
  await message(ana, 'hello', 'delivered', { origin: 'test' });
  await event(bia, 'botStarted', 'ask');
  await event(davi, 'skipped', 'ask', ['sessionOpen']);
  await event(davi, 'exited', 'bye', ['exitStep']);
  await event(caio, 'exited', 'hello', ['failed']);
}

describe('results', () => {
  test('each enrolment counts once a step; tests count nowhere; steps of earlier versions come last', async () => {
    await people();
    const { steps, enrolments } = await api().results({ id: sequenceId });
    expect(steps.map(({ stepKey, isLive, counts }) => ({ stepKey, isLive, ...counts }))).toEqual([
      { stepKey: 'hello', isLive: true, waiting: 1, reached: 6, sent: 3, delivered: 2, replied: 1, failed: 1, unknown: 1, skipped: 1 },
      { stepKey: 'ask', isLive: true, waiting: 0, reached: 2, sent: 0, delivered: 0, replied: 0, failed: 0, unknown: 0, skipped: 1 },
      { stepKey: 'bye', isLive: true, waiting: 0, reached: 1, sent: 0, delivered: 0, replied: 0, failed: 0, unknown: 0, skipped: 0 },
      { stepKey: 'last', isLive: true, waiting: 1, reached: 0, sent: 0, delivered: 0, replied: 0, failed: 0, unknown: 0, skipped: 0 },
      { stepKey: 'old', isLive: false, waiting: 0, reached: 1, sent: 1, delivered: 0, replied: 0, failed: 0, unknown: 0, skipped: 0 },
    ]);
    expect(enrolments).toMatchObject({ total: 6, active: 2, paused: 0, held: 0, ended: 4 });
    expect(enrolments.exits).toHaveLength(4);
  });

  test('every number opens exactly that many people', async () => {
    await people();
    const { steps, enrolments } = await api().results({ id: sequenceId });
    let opened = 0;
    for (const { stepKey, counts } of steps) {
      for (const metric of stepMetrics) {
        const { items, total } = await api().people({ id: sequenceId, step: { key: stepKey, metric } });
        expect([stepKey, metric, items.length, total]).toEqual([stepKey, metric, counts[metric], counts[metric]]);
        opened += items.length;
      }
    }
    expect(opened).toBeGreaterThan(reachMetrics.length);
    for (const { reason, count } of enrolments.exits) {
      expect((await api().people({ id: sequenceId, exitReason: reason as 'replied' })).total).toBe(count);
    }
    expect((await api().people({ id: sequenceId, status: 'active' })).total).toBe(enrolments.active);
  });

  test('a sequence that was never published has no steps and no numbers', async () => {
    await database.db.updateTable('sequences').set({ liveVersion: null }).execute();
    expect((await api().results({ id: sequenceId })).steps).toEqual([]);
  });
});

describe('people', () => {
  const names = (items: readonly { contactName: string | null }[]) => items.map((item) => item.contactName);

  test('come newest first, page by page, with where they stand in their own version', async () => {
    await people();
    const first = await api().people({ id: sequenceId, limit: 4 });
    expect(names(first.items)).toEqual(['Fábio', 'Eva', 'Davi', 'Caio']);
    expect(first.total).toBe(6);
    const rest = await api().people({ id: sequenceId, limit: 4, cursor: first.nextCursor });
    expect(names(rest.items)).toEqual(['Bia', 'Ana']);
    expect(rest).toMatchObject({ nextCursor: null, total: null });
    expect(rest.items[0]).toMatchObject({ stepKey: 'last', stepPosition: 4, stepCount: 4, stepType: 'message', stepTitle: 'Oi' });
    expect(first.items[0]).toMatchObject({ stepKey: null, stepPosition: null, stepCount: 2, exitReason: 'completed' });
  });

  test('are found by name, without accents or case', async () => {
    await people();
    expect(names((await api().people({ id: sequenceId, search: 'fabio' })).items)).toEqual(['Fábio']);
    expect((await api().people({ id: sequenceId, search: '100%' })).items).toEqual([]);
  });

  test('of a sequence of another workspace are not found', async () => {
    const { db } = database;
    const other = await db.insertInto('workspaces').values({ slug: 'other', name: 'Other' }).returning('id').executeTakeFirstOrThrow();
    workspaceId = other.id;
    const step: { key: string; metric: StepMetric } = { key: 'hello', metric: 'reached' };
    await expect(api().people({ id: sequenceId, step })).rejects.toMatchObject({ cause: { code: 'notFound' } });
    await expect(api().results({ id: sequenceId })).rejects.toMatchObject({ cause: { code: 'notFound' } });
  });
});
