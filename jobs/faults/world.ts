/** What a scenario works with: people, five SMTP accounts at the provider, sequences of three messages, and one sequence whose
 *  hours are closed all the while. Every text carries `[sequence/step]`, by which the provider's log names it. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';
import { rowSet } from '#db/row-set.ts';
import type { Actor } from '#server/auth/actor.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep } from '#server/use-cases/engine/testing.ts';
import { enrolContactsIn } from '#server/use-cases/enrolments/enrol-contacts-in.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Inside the open hours, a Wednesday. */
export const startOfWorld = new Date('2026-11-18T10:00:00Z');
/** Up to here time is moved on to what is due; the closed hours and the day after lie behind it. */
export const endOfWorld = new Date('2026-11-18T17:00:00Z');

type Window = { opens: string; closes: string };
export const openHours: Window = { opens: '08:00', closes: '20:00' };
/** They close while the world stands, for the scenario that wants that. */
export const morning: Window = { opens: '08:00', closes: '12:00' };
const night: Window = { opens: '02:00', closes: '05:00' };

export interface WorldSize {
  readonly people: number;
  readonly ratePerSecond: number;
  /** Of the open sequences; null is always. */
  readonly hours?: Window | null;
}

export interface World {
  readonly actor: Actor;
  readonly workspaceId: WorkspaceId;
  readonly accounts: readonly { readonly id: string; readonly from: string }[];
  readonly sequences: readonly { readonly id: string; readonly name: string; readonly steps: Steps }[];
  /** Begins to send: everybody enters every sequence. */
  enrolAll(): Promise<void>;
}

type Steps = ReturnType<typeof messageStep>[];
const accountCount = 5;
const openSequences = 3;
const immediately = { kind: 'immediately' } as const;
const aMinuteLater = { kind: 'after', amount: 1, unit: 'minutes' } as const;

export async function makeWorld(db: Db, providerPort: number, size: WorldSize): Promise<World> {
  await makeNotes(db);
  const { workspaceId, actor } = await makeWorkspace(db);
  const accounts = await makeAccounts(db, workspaceId, providerPort, size.ratePerSecond);
  const contactIds = await makeContacts(db, workspaceId, size.people, 'UTC');
  const hours = size.hours === undefined ? openHours : size.hours;
  const sequences: { id: string; name: string; steps: Steps }[] = [];
  for (let index = 0; index <= openSequences; index++) {
    const name = index === openSequences ? 'night' : `open-${index}`;
    const accountAt = (step: number): string => accounts[(index + step) % accounts.length]?.id ?? '';
    const steps = [
      messageStep('a', accountAt(0), immediately, `Oi [${name}/a]`),
      messageStep('b', accountAt(1), immediately, `Oi [${name}/b]`),
      messageStep('c', accountAt(2), aMinuteLater, `Oi [${name}/c]`),
    ];
    const window = index === openSequences ? night : index === 0 && size.hours === undefined ? null : hours;
    const id = await makeSequence(db, workspaceId, { window: window && weekOf(window), steps });
    await db.updateTable('sequences').set({ name }).where('id', '=', id).execute();
    await notePlan(db, id, 1, { a: 0, b: 0, c: 60 }, window);
    sequences.push({ id, name, steps });
  }
  return {
    actor,
    workspaceId,
    accounts,
    sequences,
    async enrolAll() {
      for (const { id: sequenceId } of sequences) {
        await db.transaction().execute((tx) => enrolContactsIn(tx, actor, { sequenceId, contactIds, source: 'manual' }));
      }
    },
  };
}

function weekOf({ opens, closes }: Window) {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  return { weekly: Object.fromEntries(days.map((day) => [day, [[opens, closes] as [string, string]]])) };
}

async function makeAccounts(db: Db, workspaceId: string, port: number, ratePerSecond: number): Promise<{ id: string; from: string }[]> {
  const accounts: { id: string; from: string }[] = [];
  for (let index = 0; index < accountCount; index++) {
    const from = `conta${index}@andante.example`;
    const config = JSON.stringify({
      host: '127.0.0.1',
      port,
      security: 'none',
      user: null,
      fromName: '',
      fromAddress: from,
      replyTo: null,
    });
    const row = { workspaceId, kind: 'smtp', name: from, config, ratePerSecond };
    const { id } = await db.insertInto('channelAccounts').values(row).returning('id').executeTakeFirstOrThrow();
    accounts.push({ id, from });
  }
  return accounts;
}

/** The battery's own tables in its database: what it asked for, to be held against what the product did. */
async function makeNotes(db: Db): Promise<void> {
  await sql`create table if not exists faults_plans (sequence_id uuid, version int, step_key text, wait_seconds int, opens time, closes time)`.execute(
    db,
  );
  await sql`create table if not exists faults_stops (enrolment_id uuid, committed_at timestamptz)`.execute(db);
  await sql`create table if not exists faults_log (line int, message_id text, recipient text, sequence text, step text)`.execute(db);
  await sql`truncate faults_plans, faults_stops, faults_log`.execute(db);
}

/** Notes what a version promises: the wait before each step, in seconds, and its hours. */
export async function notePlan(
  db: Db,
  sequenceId: string,
  version: number,
  waits: Readonly<Record<string, number>>,
  window: Window | null,
): Promise<void> {
  await sql`
    insert into faults_plans (sequence_id, version, step_key, wait_seconds, opens, closes)
    select ${sequenceId}::uuid, ${version}::int, x.step, x.wait, ${window?.opens ?? null}::time, ${window?.closes ?? null}::time
    from ${rowSet('x', Object.entries(waits), { step: ['text', ([step]) => step], wait: ['int4', ([, wait]) => wait] })}`.execute(db);
}
