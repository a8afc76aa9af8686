/** What was simulated is what happens: random sequences run in virtual time, every instant held against its simulation. */
import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { calendarContentSchema } from '#server/domain/calendar/schema.ts';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import type { Simulation } from '#server/domain/simulate.ts';
import { seed } from '#server/domain/time/oracle.ts';
import { createCalendar } from '../../calendars/create-calendar.ts';
import { createChatbot } from '../../chatbots/create-chatbot.ts';
import { publishChatbot } from '../../chatbots/publish-chatbot.ts';
import { enrolContactsIn } from '../../enrolments/enrol-contacts-in.ts';
import { simulateSequence } from '../../sequences/simulate-sequence.ts';
import { changeWorkspace } from '../../workspace/change-workspace.ts';
import { advanceSequence } from '../advance-sequence.ts';
import { createEngine, type Engine } from '../engine.ts';
import { maintainWorkspace } from '../maintain-workspace.ts';
import { makeSequence, makeWorkspace, type TestWorkspace } from '../testing.ts';
import { type Accounts, randomRun, type RandomRun } from './random-plans.ts';

const sequences = 500;
const spaces = 5;
const database = useTestDatabase();
/** Before every start. */
const before = '2025-12-01T00:00:00Z';

interface Scene {
  readonly space: TestWorkspace;
  readonly accounts: Accounts;
}
interface Run {
  readonly scene: Scene;
  readonly sequenceId: string;
  readonly enrolmentId: string;
  readonly simulation: Simulation;
}

const everyDay = (from: string, to: string) => ({
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [[from, to] as [string, string]]])),
});
const scenes: Scene[] = [];
let engine: Engine;

beforeAll(async () => {
  await database.setClock(before);
  engine = createEngine(database.db, {
    senders: () => Promise.resolve({ send: () => Promise.resolve({ kind: 'accepted', providerId: null }) }),
  });
  for (let n = 0; n < spaces; n++) {
    const space = await makeWorkspace(database.db);
    const bot = async (name: string, flow: Parameters<typeof createChatbot>[2]['flow']): Promise<string> => {
      const { id } = await createChatbot(database.db, space.actor, { name, flow });
      await publishChatbot(database.db, space.actor, { id });
      return id;
    };
    const text = { key: 'hello', type: 'text' as const, text: 'Oi' };
    const question = {
      key: 'ask',
      type: 'question' as const,
      text: 'Tudo bem?',
      kind: 'text' as const,
      attempts: 1,
      whenUnclear: 'goOn' as const,
    };
    const tellingBotId = await bot('Conta', { start: null, blocks: [text] });
    const askingBotId = await bot('Pergunta', { start: null, blocks: [question] });
    const content = calendarContentSchema.parse({
      country: n % 2 === 0 ? 'BR' : 'US',
      dates: [{ on: '2026-07-15', name: 'Folga', everyYear: true }],
    });
    const { id: calendarId } = await createCalendar(database.db, space.actor, { name: 'Feriados', content });
    if (n > 0)
      await changeWorkspace(database.db, space.actor, {
        quietHours: everyDay(`${17 + n}:00`, `0${n + 3}:30`),
        timeZone: ['UTC', 'America/Santiago', 'Europe/Dublin', 'Australia/Lord_Howe'][n - 1] ?? 'UTC',
      });
    scenes.push({ space, accounts: { channelAccountId: space.accountId, tellingBotId, askingBotId, calendarId } });
  }
});

/** Outcomes as they come about here: nobody answers the bot that asks. */
function outcomesOf(definition: Definition, { askingBotId }: Accounts): Record<string, string> {
  return Object.fromEntries(
    [...compileDefinition(definition).steps].flatMap(([key, { step }]) =>
      step.type === 'chatbot' ? [[key, step.chatbot.chatbotId === askingBotId ? 'noAnswer' : 'completed']] : [],
    ),
  );
}

async function begin(run: RandomRun, scene: Scene): Promise<Run> {
  const { db } = database;
  const { actor, workspaceId } = scene.space;
  const definition = run.definition(scene.accounts);
  const sequenceId = await makeSequence(db, workspaceId, definition);
  const contact = {
    workspaceId,
    phone: `+55119${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`,
    fields: JSON.stringify(run.fields),
  };
  const { id: contactId } = await db
    .insertInto('contacts')
    .values({ ...contact, timeZone: run.zone, timeZoneOrigin: run.zone ? 'set' : null })
    .returning('id')
    .executeTakeFirstOrThrow();
  const { startAt } = run;
  const simulation = await simulateSequence(db, actor, {
    sequenceId,
    contactId,
    startAt,
    outcomes: outcomesOf(definition, scene.accounts),
  });
  const answer = await db
    .transaction()
    .execute((tx) => enrolContactsIn(tx, actor, { sequenceId, contactIds: [contactId], startAt, source: 'api' }));
  const enrolmentId = answer.accepted[0]?.enrolmentId;
  if (!enrolmentId) throw new Error(JSON.stringify(answer));
  return { scene, sequenceId, enrolmentId, simulation };
}

/** From due instant to due instant, until nothing is due any more. Answers when each step number was due at last. */
async function runToTheEnd({ scene, sequenceId, enrolmentId }: Run): Promise<ReadonlyMap<number, Date>> {
  const { workspaceId } = scene.space;
  const dues = new Map<number, Date>();
  for (let turn = 0; turn < 100; turn++) {
    const { rows } = await sql<{ stepNumber: number; dueAt: Date | null; expiresAt: Date | null }>`
      select e.step_number, case when e.waiting_for = 'due' and e.status = 'active' then e.due_at end as due_at,
        (select min(b.expires_at) from bot_sessions b where b.workspace_id = e.workspace_id and b.enrolment_id = e.id and b.ended_at is null) as expires_at
      from enrolments e where e.workspace_id = ${workspaceId} and e.id = ${enrolmentId}`.execute(database.db);
    const next = rows[0]?.dueAt ?? rows[0]?.expiresAt;
    if (!next) return dues;
    if (rows[0]?.dueAt) dues.set(rows[0].stepNumber, rows[0].dueAt);
    await database.setClock(next);
    if (rows[0]?.dueAt) await advanceSequence(engine, workspaceId, sequenceId);
    else await maintainWorkspace(database.db, workspaceId);
    await engine.dispatcher.idle();
  }
  throw new Error('it does not end');
}

interface Told {
  readonly step: string;
  readonly at: string | null;
  readonly from: string | null;
  readonly reasons: readonly string[];
}

function told(step: string | null, at: Date | null, from: Date | null, reasons: readonly string[]): Told {
  return {
    step: step ?? '',
    at: at?.toISOString() ?? null,
    from: from && from.getTime() !== at?.getTime() ? from.toISOString() : null,
    reasons,
  };
}

function foretold({ steps, end }: Simulation): Told[] {
  const lines = steps.flatMap((step): Told[] => {
    if (step.skipped === 'expired') return [told(step.stepKey, null, step.movedFrom ?? step.plannedAt, ['skipped', 'expired'])];
    if (step.skipped) return [told(step.stepKey, null, step.plannedAt, ['skipped', step.skipped])];
    return step.type === 'exit' ? [] : [told(step.stepKey, step.plannedAt, step.movedFrom, step.reasons)];
  });
  return [...lines, told(end.kind === 'completed' ? null : end.stepKey, null, null, ['end', end.kind])];
}

/** The same from the ledger: a step went within five seconds of when it was due. */
async function happened({ enrolmentId }: Run, dues: ReadonlyMap<number, Date>): Promise<Told[]> {
  const events = await database.db.selectFrom('enrolmentEvents').selectAll().where('enrolmentId', '=', enrolmentId).orderBy('id').execute();
  return events.flatMap((event): Told[] => {
    const [reason] = event.reasons;
    switch (event.kind) {
      case 'sent':
      case 'botStarted':
        return [told(event.stepKey, onTime(event.toAt, dues.get(event.stepNumber ?? 0)), event.fromAt, event.reasons)];
      case 'skipped':
        return [told(event.stepKey, null, event.fromAt, ['skipped', reason ?? ''])];
      case 'held':
        return [told(event.stepKey, null, null, ['end', reason ?? ''])];
      case 'exited':
        return [told(reason === 'completed' ? null : event.stepKey, null, null, ['end', reason ?? ''])];
      case 'botEnded':
        return [];
      default:
        throw new Error(`unexpected ${event.kind}: ${JSON.stringify(event)}`);
    }
  });
}

function onTime(wentAt: Date | null, dueAt: Date | undefined): Date | null {
  const lateMs = (wentAt?.getTime() ?? 0) - (dueAt?.getTime() ?? 0);
  return lateMs >= 0 && lateMs < 5_000 ? (dueAt ?? null) : wentAt;
}

test(`${sequences} random sequences happen exactly as they were simulated`, { timeout: 600_000 }, async () => {
  console.log(`agreement of simulation and engine: ${sequences} sequences, seed ${seed} (ANDANTE_PROPERTY_SEED)`);
  let compared = 0;
  let moved = 0;
  for (const [index, random] of fc.sample(randomRun, { numRuns: sequences, seed }).entries()) {
    await database.setClock(before);
    const run = await begin(random, scenes[index % spaces] as Scene);
    const expected = foretold(run.simulation);
    const actual = await happened(run, await runToTheEnd(run));
    expect(actual, `sequence ${index} of seed ${seed}: ${JSON.stringify(random.definition((run.scene as Scene).accounts))}`).toEqual(
      expected,
    );
    compared += expected.length;
    moved += expected.filter((line) => line.from !== null && line.at !== null).length;
  }
  expect(compared).toBeGreaterThan(sequences * 2);
  expect(moved).toBeGreaterThan(sequences / 2);
  console.log(`${compared} lines compared, ${moved} of them moved into their window`);
});
