/** Addresses on the suppression list get nothing, whoever enrolled them, and whenever they came onto it. */
import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { deliverAccount } from '../engine/deliver-account.ts';
import { createEngine, type Engine } from '../engine/engine.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { storeUpload } from '../imports/store-upload.ts';
import { addSuppressions, removeSuppressions } from './change-suppressions.ts';
import { importSuppressions } from './import-suppressions.ts';

const database = useTestDatabase();
let at: TestWorkspace;
let engine: Engine;
let sequenceId: string;
let contactIds: string[];
let phones: string[];

beforeEach(async () => {
  at = await makeWorkspace(database.db);
  engine = createEngine(database.db);
  contactIds = await makeContacts(database.db, at.workspaceId, 3);
  const rows = await database.db.selectFrom('contacts').select('phone').where('workspaceId', '=', at.workspaceId).orderBy('id').execute();
  phones = rows.map(({ phone }) => phone ?? '');
  sequenceId = await makeSequence(database.db, at.workspaceId, { steps: [messageStep('a', at.accountId, { kind: 'immediately' })] });
});

const enrol = () => enrolContacts(database.db, at.actor, { sequenceId, target: { contactIds } });
const suppress = (...addresses: string[]) => addSuppressions(database.db, at.actor, { addresses, reason: 'manual' });
async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}
const messages = () =>
  database.db
    .selectFrom('messages')
    .select(['contactId', 'state', 'reason'])
    .where('workspaceId', '=', at.workspaceId)
    .orderBy('contactId')
    .execute();
async function pass(): Promise<void> {
  await advanceSequence(engine, at.workspaceId, sequenceId);
  await engine.dispatcher.idle();
}

describe('an address on the list', () => {
  test('is not enrolled, in whatever form it was given', async () => {
    const [phone = ''] = phones;
    expect(await suppress(`(${phone.slice(3, 5)}) ${phone.slice(5, 10)}-${phone.slice(10)}`, 'nada')).toEqual({
      accepted: { count: 1 },
      refused: [{ row: 1, reason: 'invalid' }],
    });
    expect(await enrol()).toMatchObject({ accepted: [{}, {}], refused: [{ contactId: contactIds[0], reason: 'suppressed' }] });
  });

  test('gets nothing from an enrolment that began before, and the ledger says why', async () => {
    await enrol();
    await suppress(phones[1] ?? '');
    await pass();
    expect(await messages()).toMatchObject([
      { contactId: contactIds[0], state: 'accepted' },
      { contactId: contactIds[1], state: 'skipped', reason: 'suppressed' },
      { contactId: contactIds[2], state: 'accepted' },
    ]);
    const events = await database.db.selectFrom('enrolmentEvents').select(['kind', 'reasons']).where('kind', '=', 'skipped').execute();
    expect(events).toEqual(expect.arrayContaining([{ kind: 'skipped', reasons: ['suppressed'] }]));
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from sandbox_deliveries where workspace_id = ${at.workspaceId} and address = ${phones[1]}`.execute(
      database.db,
    );
    expect(rows[0]?.count).toBe(0);
  });

  test('gets no retry and no message of a member either', async () => {
    await enrol();
    await pass();
    await sql`update messages set state = 'queued', next_attempt_at = andante_now(), accepted_at = null where contact_id = ${contactIds[0]}`.execute(
      database.db,
    );
    await sql`update enrolments set ended_at = null, exit_reason = null, waiting_for = 'delivery', step_key = 'a', step_number = 1
      where contact_id = ${contactIds[0]}`.execute(database.db);
    await sql`insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, next_attempt_at)
      values (${at.workspaceId}, 'out', 'member', ${contactIds[1]}, ${at.accountId}, 'queued', 'Oi', andante_now())`.execute(database.db);
    await suppress(...phones);
    await deliverAccount(engine, at.workspaceId, at.accountId);
    await engine.dispatcher.idle();
    const skipped = (await messages()).filter(({ state }) => state !== 'accepted');
    expect(skipped).toEqual([
      { contactId: contactIds[0], state: 'skipped', reason: 'suppressed' },
      { contactId: contactIds[1], state: 'skipped', reason: 'suppressed' },
    ]);
  });

  test('concerns its workspace alone, and may be written to again once it is taken off', async () => {
    const elsewhere = await makeWorkspace(database.db);
    await addSuppressions(database.db, elsewhere.actor, { addresses: phones, reason: 'manual' });
    await suppress(...phones);
    expect(await removeSuppressions(database.db, at.actor, { addresses: phones })).toEqual({ accepted: { count: 3 }, refused: [] });
    expect(await enrol()).toMatchObject({ accepted: [{}, {}, {}], refused: [] });
  });

  test('is kept as a hash that says nothing of it, and differs from workspace to workspace', async () => {
    const elsewhere = await makeWorkspace(database.db);
    await suppress(phones[0] ?? '');
    await addSuppressions(database.db, elsewhere.actor, { addresses: [phones[0] ?? ''], reason: 'manual' });
    const { rows } = await sql<{ text: string; hash: string }>`
      select s::text as text, encode(hash, 'hex') as hash from suppressions s where workspace_id in (${at.workspaceId}, ${elsewhere.workspaceId})`.execute(
      database.db,
    );
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(2);
    expect(rows.map(({ text }) => text).join()).not.toContain((phones[0] ?? '').slice(3));
  });
});

test.each(['by hand', 'by a file'])(
  'an address that was put on the list %s is claimed by nobody afterwards: a claim under way is waited for',
  async (how) => {
    await enrol();
    let [reach, open] = [(): void => undefined, (): void => undefined];
    const reached = new Promise<void>((go) => (reach = go));
    const gate = new Promise<void>((go) => (open = go));
    const held: Engine = {
      ...engine,
      async takeTokens(...of) {
        reach();
        await gate;
        return engine.takeTokens(...of);
      },
    };
    const { uploadId } = await storeUpload(database.db, at.actor, { name: 'x.csv', bytes: bytesOf(`fone\r\n${phones[0]}\r\n`) });
    const claiming = advanceSequence(held, at.workspaceId, sequenceId);
    // The claim has read the list, and has not committed.
    await reached;
    let isOnTheList = false;
    const adding = (how === 'by hand' ? suppress(phones[0] ?? '') : importSuppressions(database.db, at.actor, { uploadId })).then(
      () => (isOnTheList = true),
    );
    await expect.poll(async () => isOnTheList || (await database.waitingForLocks()) > 0).toBe(true);
    expect(isOnTheList).toBe(false);
    open();
    await Promise.all([claiming, adding]);
    await engine.dispatcher.idle();
    expect(await messages()).toMatchObject([{ state: 'accepted' }, { state: 'accepted' }, { state: 'accepted' }]);
  },
);

test('a file puts every address in it on the list, once', async () => {
  const text = `nome;contato\r\nAna;'${phones[0]}\r\nBia;fora@exemplo.com\r\nCaio;\r\nBia;FORA@exemplo.com\r\n`;
  const { uploadId } = await storeUpload(database.db, at.actor, { name: 'bloqueio.csv', bytes: bytesOf(text) });
  expect(await importSuppressions(database.db, at.actor, { uploadId })).toEqual({ rows: 5, added: 2, withoutAddress: 2 });
  expect(await importSuppressions(database.db, at.actor, { uploadId })).toMatchObject({ added: 0 });
  expect(await enrol()).toMatchObject({ refused: [{ contactId: contactIds[0], reason: 'suppressed' }] });
});
