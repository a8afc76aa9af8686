/** Whoever is erased is in no row of any table afterwards. */
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { insertUpload } from '#db/queries/uploads.ts';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { messageStep, makeContacts, makeSequence, makeWorkspace, type TestWorkspace } from '../engine/testing.ts';
import { createContact } from '../contacts/create-contact.ts';
import { createField } from '../contacts/create-field.ts';
import { mergeContacts } from '../contacts/merge-contacts.ts';
import { optOut } from '../contacts/opt-out.ts';
import { setConsent } from '../contacts/set-consent.ts';
import { updateContact } from '../contacts/update-contact.ts';
import { addSuppressions } from '../suppressions/change-suppressions.ts';
import { suppressedOf } from '../suppressions/suppressed-among.ts';
import { advanceSequence } from '../engine/advance-sequence.ts';
import { createEngine } from '../engine/engine.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { recordEvent } from '../events/record-event.ts';
import { requestExport } from '../exports/request-export.ts';
import { createImport } from '../imports/create-import.ts';
import { runImport } from '../imports/run-import.ts';
import { startImport } from '../imports/start-import.ts';
import { storeUpload } from '../imports/store-upload.ts';
import { receiveInbound } from '../inbound/receive-inbound.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-person.ts';

const database = useTestDatabase();
const person = { name: 'Zulmira Quaresma', phone: '+5511987650042', email: 'Zulmira.Q@Exemplo.com' };
const traces = ['Zulmira Quaresma', 'zulmira.q@exemplo.com', '5511987650042', '11987650042', '98765-0042', '12345678909', '123.456.789-09'];
let space: TestWorkspace;
let contactId: string;
let other: string;
let sequenceId: string;

/** Of all tables of all schemas, those in which one of `words` stands, in any case. */
async function tablesWith(words: readonly string[]): Promise<string[]> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`.execute(database.db);
  const found: string[] = [];
  for (const { schema, name } of tables) {
    const table = sql.table(`${schema}.${name}`);
    const bytes = name === 'upload_chunks' ? sql`convert_from(t.bytes, 'UTF8')` : sql`t::text`;
    const { rows } = await sql`
      select 1 from ${table} t where exists (
        select from unnest(${[...words]}::text[]) as w (word) where position(lower(w.word) in lower(${bytes})) > 0) limit 1`.execute(
      database.db,
    );
    if (rows.length > 0) found.push(name);
  }
  return found.sort();
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

async function importFile(text: string, name: string): Promise<string> {
  const { uploadId } = await storeUpload(database.db, space.actor, { name, bytes: bytesOf(text) });
  const { id } = await createImport(database.db, space.actor, { uploadId });
  await startImport(database.db, space.actor, id);
  await runImport(database.db, { workspaceId: space.workspaceId, importId: id });
  return id;
}

beforeEach(async () => {
  await database.db.deleteFrom('inboundEvents').execute();
  await database.db.deleteFrom('workspaces').execute();
  space = await makeWorkspace(database.db);
  const { db } = database;
  await createField(db, space.actor, { label: 'CPF' });
  contactId = (await createContact(db, space.actor, { ...person, fields: { cpf: '123.456.789-09' }, tags: ['vip'] })).contact.id;
  [other = ''] = await makeContacts(db, space.workspaceId, 1);
  sequenceId = await makeSequence(db, space.workspaceId, {
    steps: [
      messageStep('a', space.accountId, { kind: 'immediately' }, 'Oi {{ contact.name }}, ligamos para {{ contact.phone }}'),
      messageStep('b', space.accountId, { kind: 'after', amount: 1, unit: 'days' }),
    ],
  });
});

/** Everything that can happen to a contact, and everywhere that it can be named. */
async function live(): Promise<{ importId: string }> {
  const { db } = database;
  const { workspaceId, accountId, actor } = space;
  await enrolContacts(db, actor, {
    sequenceId,
    target: { contactIds: [contactId, other] },
    idempotencyKey: 'pedido de zulmira.q@exemplo.com',
  });
  const engine = createEngine(db);
  await advanceSequence(engine, workspaceId, sequenceId);
  await engine.dispatcher.idle();
  const inbound = {
    workspaceId,
    channelAccountId: accountId,
    providerEventId: 'in-1',
    contactId,
    occurredAt: new Date(Date.now() + 60_000),
  };
  await receiveInbound(db, { ...inbound, text: 'Aqui é Zulmira Quaresma, meu número é (11) 98765-0042' });
  await recordEvent(db, actor, {
    contactId,
    name: 'compra',
    properties: { email: person.email },
    occurredAt: new Date().toISOString(),
    idempotencyKey: 'e-1',
  });
  await setConsent(db, actor, { id: contactId, channelKind: 'smtp', status: 'given', source: 'Ficha de Zulmira Quaresma' });
  await optOut(db, actor, { contactId, channelKind: 'sandbox' });
  const header = 'nome;telefone;email\r\n';
  const rows = ['Zulmira Quaresma;5511987650042;', 'Outra;;x', 'Quem;119;ZULMIRA.Q@exemplo.com', 'Zulmira  Quaresma;;', 'Bia Silva;;'];
  const importId = await importFile(`${header}${rows.join('\r\n')}\r\n`, 'Zulmira Quaresma.csv');
  await storeUpload(db, actor, { name: 'rascunho.csv', bytes: bytesOf(`nome;telefone\r\n${person.name};${person.phone}\r\n`) });
  await requestExport(db, actor, { kind: 'contacts', format: 'excel', target: { filter: { search: person.email } } });
  await sql`insert into sandbox_deliveries (workspace_id, channel_account_id, message_id, address, body)
    values (${workspaceId}, ${accountId}, uuidv7(), ${person.phone}, 'teste')`.execute(db);
  await sql`update channel_accounts set last_error = '550 <zulmira.q@exemplo.com> unknown' where workspace_id = ${workspaceId}`.execute(db);
  await sql`insert into operations (workspace_id, kind, payload, actor_kind, refusals)
    values (${workspaceId}, 'tagContacts', ${JSON.stringify({ kind: 'tagContacts', target: { filter: { search: '(11) 98765-0042' } }, tags: ['x'] })},
      'system', ${JSON.stringify([{ contactId, reason: 'notFound', phone: 5511987650042 }])})`.execute(db);
  await sql`insert into audit_log (workspace_id, actor_kind, action, details)
    values (${workspaceId}, 'system', 'contacts.merged', ${JSON.stringify({ kept: person.name, of: [person.email] })})`.execute(db);
  return { importId };
}

test('nothing by which to tell an erased person is left in any table', async () => {
  const { importId } = await live();
  expect(await tablesWith(traces)).toEqual([
    'audit_log',
    'channel_accounts',
    'consents',
    'contact_events',
    'contacts',
    'exports',
    'idempotency_keys',
    'import_rows',
    'messages',
    'operations',
    'sandbox_deliveries',
    'upload_chunks',
    'uploads',
  ]);
  const answer = await erasePerson(database.db, space.actor, { id: contactId, suppress: true });
  expect(answer.suppressed).toBe(2);
  expect(await tablesWith(traces)).toEqual([]);
  expect(await tablesWith([contactId])).toEqual(['audit_log', 'operations']);
  const audit = await database.db.selectFrom('auditLog').select(['action', 'subjectId', 'details']).orderBy('id', 'desc').execute();
  expect(audit[0]).toMatchObject({ action: 'contact.erased', subjectId: contactId, details: { suppress: true } });
  const rows = await database.db
    .selectFrom('importRows')
    .select(['outcome', 'cells'])
    .where('importId', '=', importId)
    .orderBy('line')
    .execute();
  expect(rows).toEqual([
    { outcome: 'unchanged', cells: null },
    { outcome: 'rejected', cells: ['Outra', '', 'x'] },
    { outcome: 'rejected', cells: null },
    { outcome: 'rejected', cells: null },
    { outcome: 'rejected', cells: ['Bia Silva', '', ''] },
  ]);
});

test('what an import replaced, where messages went before, and saved filters go too', async () => {
  const { db } = database;
  const before = { name: 'Zulmira Q. Silva', phone: '+5521987650077', email: 'zulmira.antes@exemplo.com' };
  const someoneElse = await createContact(db, space.actor, { name: 'Outra Pessoa', phone: '+5531987650033' });
  await updateContact(db, space.actor, { id: contactId, ...before });
  await enrolContacts(db, space.actor, { sequenceId, target: { contactIds: [contactId] } });
  const engine = createEngine(db);
  await advanceSequence(engine, space.workspaceId, sequenceId);
  await engine.dispatcher.idle();
  await updateContact(db, space.actor, { id: contactId, phone: '+5521987650078' });
  await importFile(`nome;telefone;email\r\n${person.name};+5521987650078;${person.email}\r\n`, 'clientes.csv');
  await importFile(`nome;telefone;email\r\n${person.name};+5521987650079;${person.email}\r\n`, 'outros.csv');
  await updateContact(db, space.actor, { id: contactId, phone: person.phone });
  // A message once went to what is somebody else's number by now.
  await sql`insert into messages (workspace_id, direction, origin, contact_id, channel_account_id, state, body, address)
    values (${space.workspaceId}, 'out', 'member', ${contactId}, ${space.accountId}, 'accepted', 'Oi', ${someoneElse.contact.phone})`.execute(
    db,
  );
  await sql`insert into segments (workspace_id, name, filter) values (${space.workspaceId}, 'Ela',
    ${JSON.stringify({ where: { on: 'email', op: 'is', value: person.email } })})`.execute(db);
  await sql`insert into audit_log (workspace_id, actor_kind, action, details)
    values (${space.workspaceId}, 'system', 'contact.updated', ${JSON.stringify({ phone: before.phone })})`.execute(db);
  expect((await erasePerson(db, space.actor, { id: contactId, suppress: true })).suppressed).toBe(6);
  const words = [...traces, before.name, before.email, '21987650077', '21987650078', '21987650079'];
  expect(await tablesWith(words)).toEqual([]);
  const isBlocked = await suppressedOf(db, space.workspaceId, [before.phone, '+5521987650079', '+5531987650033']);
  expect([before.phone, '+5521987650079', '+5531987650033'].map(isBlocked)).toEqual([true, true, false]);
});

test('who was merged into the person goes too, by name and by address, wherever they are named', async () => {
  const { db } = database;
  const before = { name: 'Zuzu Moreira', phone: '+5521987650055', email: 'zuzu@exemplo.com' };
  const { contact: merged } = await createContact(db, space.actor, before);
  await mergeContacts(db, space.actor, { keepId: contactId, mergeIds: [merged.id], fields: { email: merged.id } });
  // What it was known by stands in its history alone from then on.
  await updateContact(db, space.actor, { id: contactId, email: null });
  await sql`delete from merged_addresses where address = ${before.phone}`.execute(db);
  await importFile('nome;telefone\r\nZuzu  Moreira;119\r\nOutra;119\r\n', 'lista.csv');
  await sql`insert into audit_log (workspace_id, actor_kind, action, details)
    values (${space.workspaceId}, 'system', 'contact.updated', ${JSON.stringify({ email: before.email, phone: before.phone })})`.execute(
    db,
  );
  const words = ['zuzu', '21987650055', merged.id];
  expect(await tablesWith(words)).toEqual(expect.arrayContaining(['audit_log', 'contact_merges', 'import_rows']));
  expect((await erasePerson(db, space.actor, { id: contactId, suppress: true })).suppressed).toBe(4);
  expect(await tablesWith(['zuzu', '21987650055'])).toEqual([]);
  expect(await tablesWith([merged.id])).toEqual(['audit_log']);
});

test('everybody else keeps what they had', async () => {
  await live();
  const rowsOf = async () => ({
    enrolments: await database.db.selectFrom('enrolments').selectAll().where('contactId', '=', other).execute(),
    messages: await database.db.selectFrom('messages').selectAll().where('contactId', '=', other).execute(),
    fields: await database.db.selectFrom('contactFields').selectAll().execute(),
  });
  const before = await rowsOf();
  expect(before.messages).toHaveLength(1);
  // A file that is just arriving may be of anybody.
  const arriving = await insertUpload(database.db, space.workspaceId, 'outros.csv', null);
  await erasePerson(database.db, space.actor, { id: contactId, suppress: true });
  expect(await rowsOf()).toEqual(before);
  expect(await database.db.selectFrom('uploads').select('id').where('workspaceId', '=', space.workspaceId).execute()).toContainEqual({
    id: arriving,
  });
});

test('an erased person who comes back with another file is enrolled by nobody', async () => {
  await erasePerson(database.db, space.actor, { id: contactId, suppress: true });
  const { contact } = await createContact(database.db, space.actor, person);
  const enrol = () => enrolContacts(database.db, space.actor, { sequenceId, target: { contactIds: [contact.id] } });
  expect(await enrol()).toMatchObject({ accepted: [], refused: [{ contactId: contact.id, reason: 'suppressed' }] });
  await erasePerson(database.db, space.actor, { id: contact.id, suppress: false });
  await sql`delete from suppressions`.execute(database.db);
});

test('nobody is erased while a message to them, or an import, is under way', async () => {
  await live();
  await sql`update messages set state = 'sending' where contact_id = ${contactId} and direction = 'out'`.execute(database.db);
  const erase = () => erasePerson(database.db, space.actor, { id: contactId, suppress: true });
  await expect(erase()).rejects.toMatchObject({ code: 'conflict', details: { problem: 'messageUnderWay' } });
  await sql`update messages set state = 'accepted' where contact_id = ${contactId} and direction = 'out'`.execute(database.db);
  for (const status of ['queued', 'running']) {
    await sql`update imports set status = ${status}`.execute(database.db);
    await expect(erase()).rejects.toMatchObject({ code: 'conflict', details: { problem: 'importUnderWay' } });
  }
  await sql`update imports set status = 'done'`.execute(database.db);
  await erase();
  await expect(erase()).rejects.toMatchObject({ code: 'notFound' });
});

test('a person gets everything that is known of them, and nothing of others', async () => {
  await live();
  await addSuppressions(database.db, space.actor, { addresses: [person.email], reason: 'manual' });
  const answer = await exportPerson(database.db, space.actor, { id: contactId });
  expect(answer.suppressed).toEqual(['email']);
  const audit = await database.db.selectFrom('auditLog').select('subjectId').where('action', '=', 'contact.personExported').execute();
  expect(audit).toEqual([{ subjectId: contactId }]);
  expect(answer.contact).toMatchObject({ ...person, email: 'Zulmira.Q@exemplo.com', fields: { cpf: '123.456.789-09' } });
  expect(answer.tags).toMatchObject([{ name: 'vip' }]);
  expect(answer.enrolments).toHaveLength(1);
  expect(answer.enrolmentEvents.length).toBeGreaterThan(0);
  expect(answer.messages.map(({ direction }) => direction)).toEqual(expect.arrayContaining(['in', 'out']));
  expect(answer.conversations).toHaveLength(1);
  expect(answer.events).toMatchObject([{ name: 'compra' }]);
  expect(answer.consents).toMatchObject([{ status: 'given', source: 'Ficha de Zulmira Quaresma' }]);
  expect(answer.optOuts).toMatchObject([{ channelKind: 'sandbox' }]);
  expect(answer.importRows).toMatchObject([{ line: 2, outcome: 'unchanged' }]);
  expect(answer.sandboxDeliveries).toHaveLength(1);
  expect(answer.auditEntries.length).toBeGreaterThan(0);
  expect(JSON.stringify(answer)).not.toContain(other);
});

/** What becomes of a table when a person is erased. A new table belongs in one of these lists, and into the erasure where it
 *  can hold what people are told by. */
const thoughtOf = {
  goesWithTheContact: `contacts contact_tags contact_events opt_outs consents enrolments enrolment_events messages message_attempts
    conversations bot_sessions trigger_contacts distinct_contacts contact_merges merged_addresses`,
  clearedByTheErasure: `import_rows uploads upload_chunks imports inbound_events sandbox_deliveries exports idempotency_keys audit_log
    operations channel_accounts duplicate_groups trigger_occasions`,
  holdsNobodyOfTheContacts: `api_allowances api_keys calendars chatbots chatbot_versions contact_fields holiday_calendars invitations members message_claims
    sender_usage sequences sequence_versions sessions sign_in_failures step_contents segments suppressions tags test_clock triggers trigger_tallies users workers workspaces
    kysely_migration kysely_migration_lock`,
};

test('every table is thought of', async () => {
  const known = new Set(Object.values(thoughtOf).flatMap((names) => names.split(/\s+/)));
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    database.db,
  );
  expect(rows.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});
