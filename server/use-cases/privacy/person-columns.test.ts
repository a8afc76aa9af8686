/** Walks the schema: whatever column names a contact is in the export of the person and empty after the erasure, or stands here
 *  with the reason why not. */
import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { PersonPart } from '#db/queries/person-export.ts';
import { mergeContacts } from '../contacts/merge-contacts.ts';
import { makeContacts, makeSequence, makeWorkspace, messageStep, type TestWorkspace } from '../engine/testing.ts';
import { enrolContacts } from '../enrolments/enrol-contacts.ts';
import { erasePerson } from './erase-person.ts';
import { exportPerson } from './export-person.ts';

const exported: Readonly<Record<string, PersonPart>> = {
  'bot_sessions.contact_id': 'botSessions',
  'consents.contact_id': 'consents',
  'contact_events.contact_id': 'events',
  'contact_merges.contact_id': 'mergedContacts',
  'contact_merges.kept_id': 'mergedContacts',
  'contact_tags.contact_id': 'tags',
  'conversations.contact_id': 'conversations',
  'enrolments.contact_id': 'enrolments',
  'import_rows.contact_id': 'importRows',
  'merged_addresses.contact_id': 'mergedAddresses',
  'messages.contact_id': 'messages',
  'opt_outs.contact_id': 'optOuts',
  'sandbox_deliveries.contact_id': 'sandboxDeliveries',
  'trigger_contacts.contact_id': 'triggers',
  'trigger_occasions.contact_id': 'triggerOccasions',
};

/** Empty after the erasure all the same. */
const notExported: Readonly<Record<string, string>> = {
  'distinct_contacts.contact_id': 'says of whom else the person is not a double, and that is another person',
  'distinct_contacts.other_id': 'the same pair from its other side',
  'duplicate_groups.contact_ids': 'a guess of a search, and it names other people',
};

const database = useTestDatabase();
let space: TestWorkspace;
let id = '';
let mergedId = '';
beforeEach(async () => {
  space = await makeWorkspace(database.db);
  const { workspaceId, accountId, actor } = space;
  let otherId = '';
  [id = '', mergedId = '', otherId = ''] = await makeContacts(database.db, workspaceId, 3);
  await mergeContacts(database.db, actor, { keepId: id, mergeIds: [mergedId] });
  const steps = [messageStep('a', accountId, { kind: 'after', amount: 1, unit: 'days' })];
  const sequenceId = await makeSequence(database.db, workspaceId, { steps });
  await enrolContacts(database.db, actor, { sequenceId, target: { contactIds: [id] } });
  const insert = (table: string, columns: Readonly<Record<string, unknown>>) => {
    const all = { workspace_id: workspaceId, ...columns };
    return sql`insert into ${sql.table(table)} (${sql.join(Object.keys(all).map((name) => sql.ref(name)))})
      values (${sql.join(Object.values(all).map((value) => sql`${value}`))})`.execute(database.db);
  };
  const of = { contact_id: id };
  const [tagId, chatbotId, talkId, triggerId, importId, uploadId] = Array.from({ length: 6 }, () => crypto.randomUUID());
  await insert('tags', { id: tagId, name: 'vip' });
  await insert('contact_tags', { ...of, tag_id: tagId });
  await insert('consents', { ...of, channel_kind: 'smtp', status: 'given', source: 'Ficha', at: new Date(0) });
  await insert('opt_outs', { ...of, channel_kind: 'sandbox', source: 'member' });
  await insert('contact_events', { ...of, name: 'visit', occurred_at: new Date(0) });
  await insert('conversations', { ...of, id: talkId, channel_account_id: accountId });
  await insert('messages', { ...of, channel_account_id: accountId, direction: 'in', origin: 'contact', state: 'received', body: 'Oi' });
  await insert('sandbox_deliveries', { ...of, channel_account_id: accountId, message_id: crypto.randomUUID(), address: 'x', body: 'Oi' });
  await insert('chatbots', { id: chatbotId, name: 'Bot', draft: '{}' });
  await insert('chatbot_versions', { chatbot_id: chatbotId, version: 1, flow: '{}' });
  await insert('bot_sessions', { ...of, chatbot_id: chatbotId, version: 1, conversation_id: talkId, state: '{}' });
  await insert('triggers', { id: triggerId, sequence_id: sequenceId, kind: 'contactCreated', created_by_kind: 'system' });
  await insert('trigger_contacts', { ...of, trigger_id: triggerId });
  await insert('trigger_occasions', { ...of, trigger_id: triggerId });
  await insert('uploads', { id: uploadId, file_name: 'a.csv', byte_count: 1, complete: true });
  await insert('imports', {
    id: importId,
    upload_id: uploadId,
    created_by_kind: 'system',
    status: 'done',
    format: '{}',
    mapping: '{}',
    options: '{}',
  });
  await insert('import_rows', { ...of, import_id: importId, line: 2, outcome: 'created' });
  await insert('duplicate_groups', { contact_ids: `{${id},${otherId}}` });
  const [first, second] = [id, otherId].toSorted();
  await insert('distinct_contacts', { contact_id: first, other_id: second });
});

interface Column {
  readonly name: string;
  readonly table: string;
  readonly column: string;
}

/** Columns that are named like it, or whose foreign key leads to contacts. */
async function columnsThatNameContacts(): Promise<Column[]> {
  const { rows } = await sql<Column>`
    select distinct t.relname || '.' || a.attname as name, t.relname as table, a.attname as column
    from pg_attribute a join pg_class t on t.oid = a.attrelid and t.relkind = 'r' and t.relnamespace = 'public'::regnamespace
    where a.attnum > 0 and not a.attisdropped and a.attname <> 'workspace_id' and (
      a.attname ~ '^(contact|kept|other)_ids?$' or exists (
        select from pg_constraint k where k.conrelid = t.oid and k.contype = 'f' and k.confrelid = 'contacts'::regclass and a.attnum = any(k.conkey)))
    order by 1`.execute(database.db);
  return rows;
}

/** How many rows name the person, by the id of now or of before the merge. */
async function countIn({ table, column }: Column): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from ${sql.table(table)} where ${sql.ref(column)}::text like any(array[${`%${id}%`}, ${`%${mergedId}%`}])`.execute(
    database.db,
  );
  return rows[0]?.count ?? -1;
}

test('every column that names a contact is exported, or it is said why not', async () => {
  const columns = await columnsThatNameContacts();
  expect(columns.map(({ name }) => name)).toEqual([...Object.keys(exported), ...Object.keys(notExported)].toSorted());
  const person = await exportPerson(database.db, space.actor, { id });
  for (const [name, part] of Object.entries(exported)) expect([name, person[part as keyof typeof person]]).not.toEqual([name, []]);
});

test('what was written of a contact that was merged into the person, by its old id, is exported with the rest', async () => {
  const { workspaceId, accountId: channelAccountId } = space;
  const of = (contactId: string) => ({ workspaceId, subjectKind: 'contact', subjectId: contactId, actorKind: 'system', action: contactId });
  await database.db.insertInto('auditLog').values([id, mergedId, crypto.randomUUID()].map(of)).execute();
  const arrived = { workspaceId, channelAccountId, kind: 'message', occurredAt: new Date(0) };
  await database.db
    .insertInto('inboundEvents')
    .values([id, mergedId, crypto.randomUUID()].map((contactId) => ({ ...arrived, providerEventId: contactId, payload: { contactId } })))
    .execute();
  const { auditEntries, inboundEvents } = await exportPerson(database.db, space.actor, { id });
  expect(auditEntries.map(({ action }) => action).filter((action) => action === id || action === mergedId)).toEqual([id, mergedId]);
  expect(auditEntries.filter(({ subjectId }) => subjectId !== id && subjectId !== mergedId)).toEqual([]);
  expect(inboundEvents.map(({ providerEventId }) => providerEventId)).toEqual([id, mergedId]);
});

test('no column names a contact who was erased, by the id of now or of before a merge', async () => {
  const columns = await columnsThatNameContacts();
  const counts = async () => Promise.all(columns.map(async (column) => [column.name, await countIn(column)] as const));
  const before = await counts();
  // Of a pair, the person is on one side.
  expect(before.filter(([name, count]) => count === 0 && !name.startsWith('distinct_contacts'))).toEqual([]);
  expect(before.filter(([name, count]) => count > 0 && name.startsWith('distinct_contacts'))).toHaveLength(1);
  await erasePerson(database.db, space.actor, { id, suppress: false });
  expect((await counts()).filter(([, count]) => count > 0)).toEqual([]);
});
