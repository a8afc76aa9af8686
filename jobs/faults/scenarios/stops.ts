/** Members pause and remove people, and people answer, within milliseconds of the claims of their next messages. */
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { rowSet } from '#db/row-set.ts';
import { now } from '#server/platform/clock.ts';
import { controlEnrolments } from '#server/use-cases/enrolments/control-enrolments.ts';
import { receiveInbound } from '#server/use-cases/inbound/receive-inbound.ts';
import type { Scenario, Stage } from '../scenario.ts';

export const stops: Scenario = {
  name: 'stops',
  workers: 2,
  long: { people: 600, ratePerSecond: 30 },
  short: { people: 300, ratePerSecond: 30 },
  async run(stage) {
    const rounds = stage.isShort ? 120 : 400;
    for (let round = 0; round < rounds; round++) {
      await pause(stage.random.between(0, 100));
      const people = stage.random.some(await nextInLine(stage), 4);
      if (people.length > 0) await stop(stage, people);
    }
  },
};

interface NextInLine {
  readonly id: string;
  readonly contactId: string;
}

/** Those whose claim comes next, or is under way at this moment. */
async function nextInLine({ database, world }: Stage): Promise<NextInLine[]> {
  const { rows } = await sql<NextInLine>`
    select id, contact_id from enrolments
    where workspace_id = ${world.workspaceId} and status = 'active' and waiting_for in ('due', 'delivery') and due_at <= andante_now()
    order by due_at, id limit 30`.execute(database.db);
  return rows;
}

async function stop(stage: Stage, people: readonly NextInLine[]): Promise<void> {
  const { world, random } = stage;
  const { db } = stage.database;
  const ids = people.map(({ id }) => id);
  switch (random.below(3)) {
    case 0:
      return noteStopped(stage, accepted(await controlEnrolments(db, world.actor, { ids }, { control: 'pause' })));
    case 1:
      return noteStopped(stage, accepted(await controlEnrolments(db, world.actor, { ids }, { control: 'remove' })));
    default:
      return noteStopped(stage, await reply(stage, people[0]?.contactId ?? ''));
  }
}

async function reply({ database, world, random }: Stage, contactId: string): Promise<readonly string[]> {
  const { db } = database;
  const { workspaceId } = world;
  const channelAccountId = world.accounts[random.below(3)]?.id ?? '';
  const occurredAt = await now(db);
  await receiveInbound(db, {
    workspaceId,
    channelAccountId,
    contactId,
    providerEventId: randomUUID(),
    text: 'Quero saber mais',
    occurredAt,
  });
  const ended = await db
    .selectFrom('enrolments')
    .select('id')
    .where('contactId', '=', contactId)
    .where('exitReason', '=', 'replied')
    .execute();
  return ended.map(({ id }) => id);
}

function accepted(answer: Awaited<ReturnType<typeof controlEnrolments>>): readonly string[] {
  return 'accepted' in answer ? answer.accepted.map(({ enrolmentId }) => enrolmentId) : [];
}

/** They have committed by now: no claim may be later than this. */
async function noteStopped({ database }: Stage, ids: readonly string[]): Promise<void> {
  await sql`
    insert into faults_stops (enrolment_id, committed_at)
    select x.id, andante_now() from ${rowSet('x', ids, { id: ['uuid', (id) => id] })}`.execute(database.db);
}
