import { sql } from 'kysely';
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { duplicateGroups, type DuplicateSubject } from '#server/domain/contact/duplicates.ts';
import { makeWorkspace, type TestWorkspace } from '../engine/testing.ts';
import { runOperation } from '../operations/run-operation.ts';
import { dismissDuplicate } from './dismiss-duplicate.ts';
import { findDuplicates } from './find-duplicates.ts';
import { listDuplicates } from './list-duplicates.ts';
import { mergeContacts } from './merge-contacts.ts';

const database = useTestDatabase();
let space: TestWorkspace;
beforeEach(async () => {
  space = await makeWorkspace(database.db);
  await database.db
    .insertInto('contactFields')
    .values([
      { workspaceId: space.workspaceId, key: 'nascimento', label: 'Nascimento', kind: 'date' },
      { workspaceId: space.workspaceId, key: 'empresa', label: 'Empresa', kind: 'text' },
    ])
    .execute();
});

type Given = { name?: string; phone?: string; email?: string; fields?: Record<string, string> };

async function add(given: Given): Promise<string> {
  const { id } = await database.db
    .insertInto('contacts')
    .values({ workspaceId: space.workspaceId, ...given, fields: JSON.stringify(given.fields ?? {}) })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

async function search(): Promise<void> {
  const { operationId } = await findDuplicates(database.db, space.actor);
  await runOperation(database.db, space.workspaceId, operationId);
}

async function found(limit = 50) {
  const { found: groups } = await listDuplicates(database.db, space.workspaceId, { after: null, limit });
  return groups.map(({ reasons, contacts }) => ({ reasons, ids: contacts.map((contact) => contact.id) }));
}

test('a search finds one phone in two forms, one mailbox in two spellings, and one name with one fact', async () => {
  const old = await add({ phone: '+551187654321' });
  const dotted = await add({ email: 'Ana.Souza@gmail.com' });
  const born = await add({ name: 'João Sá', fields: { nascimento: '1990-05-01' } });
  const hired = await add({ name: 'Bia Lima', fields: { empresa: 'Ótica Céu' } });
  const called = await add({ name: 'Rui Pena', phone: '+5511955555555' });
  await add({ name: 'Maria Silva', phone: '+5511966666666' });
  const pairs = [
    { reasons: ['phone'], ids: [old, await add({ phone: '+5511987654321' })] },
    { reasons: ['email'], ids: [dotted, await add({ email: 'anasouza+loja@gmail.com' })] },
    { reasons: ['nameAndBirthday'], ids: [born, await add({ name: 'joao sa', fields: { nascimento: '1990-05-01' } })] },
    { reasons: ['nameAndCompany'], ids: [hired, await add({ name: 'BIA LIMA', fields: { empresa: 'otica ceu' } })] },
    { reasons: ['nameAndChannel'], ids: [called, await add({ name: 'Rui Pena', email: 'rui@exemplo.com' })] },
  ];
  await add({ name: 'Maria Silva', phone: '+5511977777777' });
  await search();
  expect(await found()).toEqual(pairs);
});

test('the search among all finds what the rules find', async () => {
  const names = ['Ana Souza', 'ana souza', 'Bia', 'Caê Sá'];
  const hosts = ['gmail.com', 'googlemail.com', 'outlook.com', 'exemplo.com'];
  let seed = 7;
  const pick = <Item>(items: readonly Item[]): Item => {
    seed = (seed * 48_271) % 2_147_483_647;
    return items[seed % items.length] as Item;
  };
  const digits = Array.from({ length: 12 }, (_, n) => String(7_000_0000 + n));
  const given = Array.from({ length: 400 }, (): Given => {
    const phone = pick([null, ...digits.flatMap((rest) => [`+5511${rest}`, `+55119${rest}`]), '+5215512345678', '+525512345678']);
    const email = pick([null, `${pick(['a.b', 'ab', 'a.b+x', 'c', 'c+y', 'C.'])}${pick(['d', 'e'])}@${pick(hosts)}`]);
    const fields = { ...(pick([true, false]) && { nascimento: pick(['1990-01-01', '1991-02-02']) }) };
    return { name: pick(names), ...(phone && { phone }), ...(email && { email }), fields };
  });
  await sql`
    insert into contacts (workspace_id, name, phone, email, fields)
    select ${space.workspaceId}, g ->> 'name', g ->> 'phone', g ->> 'email', g -> 'fields'
    from jsonb_array_elements(${JSON.stringify(given)}::jsonb) as g on conflict do nothing`.execute(database.db);
  const { rows } = await sql<DuplicateSubject>`
    select id, name, phone, email, fields ->> 'nascimento' as birthday, null as company from contacts
    where workspace_id = ${space.workspaceId} order by id`.execute(database.db);
  const ruled = duplicateGroups(rows, () => false).map((group) => ({ reasons: group.reasons, ids: group.contactIds }));
  await search();
  expect(ruled.length).toBeGreaterThan(0);
  expect(await found()).toEqual(ruled);
});

test('who was corrected, deleted or merged since the search is no longer shown', async () => {
  const ids = [];
  for (let n = 0; n < 3; n++) ids.push([await add({ phone: `+55118765432${n}` }), await add({ phone: `+551198765432${n}` })]);
  await search();
  const [corrected = [], deleted = [], merged = []] = ids;
  await sql`update contacts set phone = '+5511911112222' where id = ${corrected[0]}`.execute(database.db);
  await sql`delete from contacts where id = ${deleted[1]}`.execute(database.db);
  expect(await found()).toHaveLength(1);
  await mergeContacts(database.db, space.actor, { keepId: merged[1] ?? '', mergeIds: [merged[0] ?? ''] });
  expect(await found()).toEqual([]);
});

test('a group that is none is not shown again, by this search or the next', async () => {
  const one = await add({ phone: '+551187654321', email: 'a.na@gmail.com' });
  const other = await add({ phone: '+5511987654321' });
  await search();
  await dismissDuplicate(database.db, space.actor, [other, one]);
  expect(await found()).toEqual([]);
  await search();
  expect(await found()).toEqual([]);
  const third = await add({ email: 'ana@gmail.com' });
  await search();
  expect(await found()).toEqual([{ reasons: ['email'], ids: [one, third] }]);
  // What is known of a contact that is merged is known of the one that stays.
  await mergeContacts(database.db, space.actor, { keepId: third, mergeIds: [one], fields: { phone: one } });
  await search();
  expect(await found()).toEqual([]);
});

test('pages are read by a cursor, passing over what is no group any more', async () => {
  const firsts: string[] = [];
  for (let n = 0; n < 5; n++) {
    firsts.push(await add({ phone: `+55118765432${n}` }));
    await add({ phone: `+551198765432${n}` });
  }
  await search();
  await sql`delete from contacts where id = ${firsts[1]}`.execute(database.db);
  const page = (after: string | null) => listDuplicates(database.db, space.workspaceId, { after, limit: 2 });
  const one = await page(null);
  const two = await page(one.nextCursor);
  expect([...one.found, ...two.found].map((group) => group.contacts[0]?.id)).toEqual(firsts.filter((id) => id !== firsts[1]));
  const three = two.nextCursor === null ? { found: [] } : await page(two.nextCursor);
  expect(three.found).toEqual([]);
});

test('while a search is under way, asking again answers the same one', async () => {
  const first = await findDuplicates(database.db, space.actor);
  expect(await findDuplicates(database.db, space.actor)).toEqual(first);
  await runOperation(database.db, space.workspaceId, first.operationId);
  expect(await findDuplicates(database.db, space.actor)).not.toEqual(first);
});
