/** The hours close over a queue that is still long; the plan is changed while its messages are under way. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { moveInProgress } from '#server/use-cases/engine/move-in-progress.ts';
import { addVersion } from '#server/use-cases/engine/testing.ts';
import type { Scenario, Stage } from '../scenario.ts';
import { morning, notePlan } from '../world.ts';

const hoursMs = 3_600_000;

/** From noon on nothing may go, though hundreds are due since ten. */
export const hoursClosed: Scenario = {
  name: 'hours-closed',
  workers: 2,
  long: { people: 300, ratePerSecond: 15, hours: morning },
  short: { people: 150, ratePerSecond: 15, hours: morning },
  async run(stage) {
    await pause(stage.isShort ? 3_000 : 8_000);
    await closeHours(stage);
    await pause(3_000);
  },
};

/** A clock of people never jumps, so no claim may be under way when this one does: it would decide in the morning, and write
 *  down noon. A claim shares its sequence's row, and ends at once when the sequence does not run. */
async function closeHours({ database, world }: Stage): Promise<void> {
  const ofWorld = database.db.updateTable('sequences').where('workspaceId', '=', world.workspaceId);
  await ofWorld.set({ status: 'paused' }).execute();
  await database.advanceClock(2 * hoursMs);
  await ofWorld.set({ status: 'running' }).execute();
}

/** Version 2 has no step `b`, and an hour before `c`: whoever is at `a` goes on by that. */
export const planChanged: Scenario = {
  name: 'plan-changed',
  workers: 2,
  long: { people: 250, ratePerSecond: 30, hours: null },
  short: { people: 120, ratePerSecond: 30, hours: null },
  async prepare({ provider }) {
    await provider.order({ kind: 'slow', delayMs: 700 });
  },
  async run(stage) {
    await pause(2_500);
    for (const { id, steps } of stage.world.sequences) {
      await changePlan(stage, id, steps);
      await pause(stage.random.between(0, 500));
    }
    await pause(1_500);
  },
};

async function changePlan(
  { database, world }: Stage,
  sequenceId: string,
  steps: Stage['world']['sequences'][number]['steps'],
): Promise<void> {
  const { db } = database;
  const [a, , c] = steps;
  if (!a || !c) return;
  const later = { ...c, timing: { kind: 'after', amount: 60, unit: 'minutes' } as const };
  const { definition } = await db
    .selectFrom('sequenceVersions')
    .select('definition')
    .where('sequenceId', '=', sequenceId)
    .where('version', '=', 1)
    .executeTakeFirstOrThrow();
  const changed = { ...(definition as Parameters<typeof addVersion>[4]), steps: [a, later] };
  await db.transaction().execute(async (tx) => {
    await addVersion(tx, world.workspaceId, sequenceId, 2, changed);
    await sql`update sequences set live_version = 2, plan_revision = plan_revision + 1 where id = ${sequenceId}`.execute(tx);
    await notePlan(tx, sequenceId, 2, { a: 0, c: 3_600 }, null);
    await moveInProgress(tx, world.actor, sequenceId);
  });
}
