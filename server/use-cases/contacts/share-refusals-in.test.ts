import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { optOut } from './opt-out.ts';
import { type MergeBench, makeMergeBench } from './testing/merge-bench.ts';

const database = useTestDatabase();
let bench: MergeBench;
let space: MergeBench['space'];
let keepId = '';
let otherId = '';
beforeEach(async () => {
  bench = await makeMergeBench(database.db);
  ({ space, keepId, otherId } = bench);
});

describe('a refusal', () => {
  test.each(['kept', 'merged'])('of the %s contact stays, and ends what the other one was in', async (which) => {
    const [refusing, willing] = which === 'kept' ? [keepId, otherId] : [otherId, keepId];
    await bench.enrol([willing]);
    await optOut(database.db, space.actor, { contactId: refusing, channelKind: 'sandbox' });
    await sql`update opt_outs set source = 'reply', at = '2026-01-01' where contact_id = ${refusing}`.execute(database.db);
    await bench.merge();
    expect(await bench.enrolments()).toMatchObject([{ contactId: keepId, exitReason: 'optedOut' }]);
    const refusals = await database.db.selectFrom('optOuts').selectAll().where('workspaceId', '=', space.workspaceId).execute();
    expect(refusals).toMatchObject([{ contactId: keepId, channelKind: 'sandbox', source: 'reply', at: new Date('2026-01-01') }]);
  });
});

test.each(['kept', 'merged'])('an older refusal of one outranks a consent that the %s contact gave later', async (which) => {
  const [consenting, refusing] = which === 'kept' ? [keepId, otherId] : [otherId, keepId];
  await optOut(database.db, space.actor, { contactId: refusing, channelKind: 'sandbox' });
  await sql`update opt_outs set at = '2026-01-01' where contact_id = ${refusing}`.execute(database.db);
  const consent = { workspaceId: space.workspaceId, contactId: consenting, status: 'given', source: 'Ficha' };
  await database.db
    .insertInto('consents')
    .values([
      { ...consent, channelKind: 'sandbox', at: new Date('2026-02-01') },
      { ...consent, channelKind: 'smtp', at: new Date('2026-02-01') },
    ])
    .execute();
  await bench.merge();
  const of = (table: 'consents' | 'optOuts') =>
    database.db.selectFrom(table).select(['contactId', 'channelKind']).where('workspaceId', '=', space.workspaceId).execute();
  expect(await of('optOuts')).toEqual([{ contactId: keepId, channelKind: 'sandbox' }]);
  expect(await of('consents')).toEqual([{ contactId: keepId, channelKind: 'smtp' }]);
});
