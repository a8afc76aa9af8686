/** Every worker dies at one named point of claim, send and settle. No product code is touched: the battery sees the point
 *  from outside, and kills them all, because nobody outside knows whose message it is. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { until } from '../patience.ts';
import type { Scenario, Stage } from '../scenario.ts';

const gate = 4_177_900;

/** The claim has committed, and nothing has left: the provider lets nobody past the sender's address. */
export const killedAfterClaim = atPoint('killed-after-claim', async ({ provider, database, crew, world }) => {
  await provider.order({ kind: 'late', delayMs: 3_000 });
  await until('a claim has committed', async () => {
    const { rows } = await sql`select from messages where workspace_id = ${world.workspaceId} and state = 'sending' limit 1`.execute(
      database.db,
    );
    return rows.length > 0;
  });
  await crew.killAll();
});

/** The provider has the message, and has not answered. */
export const killedDuringSend = atPoint('killed-during-send', async ({ provider, crew }) => {
  const taken = provider.next('taken');
  await provider.order({ kind: 'mute' });
  await taken;
  await crew.killAll();
});

/** The provider has answered; what it said is not written down yet. */
export const killedBeforeSettle = atPoint('killed-before-settle', async ({ provider, crew }) => {
  const answered = provider.next('answered');
  await provider.order({ kind: 'telling' });
  await answered;
  await crew.killAll();
});

/** The settling transaction has written its rows and waits at a lock of ours, before it commits. */
export const killedWhileSettling: Scenario = {
  ...atPoint('killed-while-settling', async ({ database, crew }) => {
    await database.db.connection().execute(async (holder) => {
      await sql`select pg_advisory_lock(${gate})`.execute(holder);
      await until('a settling transaction waits', async () => {
        const { rows } = await sql`
          select from pg_locks where locktype = 'advisory' and objid = ${gate} and not granted
            and database = (select oid from pg_database where datname = current_database())`.execute(database.db);
        return rows.length > 0;
      });
      await crew.killAll();
      await sql`select pg_advisory_unlock(${gate})`.execute(holder);
    });
  }),
  async prepare({ database }) {
    await sql`
      create or replace function faults_gate() returns trigger language plpgsql as $$
      begin perform pg_advisory_xact_lock_shared(${sql.lit(gate)}); return null; end $$`.execute(database.db);
    await sql`
      create or replace trigger faults_gate after insert on enrolment_events
      for each row when (new.kind = 'sent') execute function faults_gate()`.execute(database.db);
  },
};

function atPoint(name: string, killThere: (stage: Stage) => Promise<void>): Scenario {
  return {
    name,
    workers: 2,
    long: { people: 120, ratePerSecond: 15 },
    short: { people: 80, ratePerSecond: 15 },
    async run(stage) {
      for (let round = 0; round < (stage.isShort ? 2 : 5); round++) {
        await killThere(stage);
        await stage.provider.order({ kind: 'none' });
        stage.crew.refill();
        await pause(stage.random.between(1_500, 3_000));
      }
    },
  };
}
