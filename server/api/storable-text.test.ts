/** What JSON can say and PostgreSQL cannot keep is refused with a word, never answered with a fault. */
import { beforeAll, describe, expect, it } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeEmptyWorkspace, type SystemApi } from './authorisation/empty-workspace.ts';
import { checkStorableText } from './storable-text.ts';

const database = useTestDatabase();
let api: SystemApi;
beforeAll(async () => {
  ({ api } = await makeEmptyWorkspace(database.db));
});

const invalid = (field: string) => ({ cause: { code: 'invalid', details: { field } } });

describe.each([
  ['a zero character', 'a\u0000b'],
  ['half of a character', 'a\ud800b'],
])('%s', (_, text) => {
  it('is refused with its place, wherever it stands', async () => {
    await expect(api.contacts.create({ name: text })).rejects.toMatchObject(invalid('name'));
    await expect(api.contacts.create({ name: 'Ana', idempotencyKey: text })).rejects.toMatchObject(invalid('idempotencyKey'));
    await expect(api.contacts.createMany({ contacts: [{ name: 'Ana' }, { externalId: text }] })).rejects.toMatchObject(
      invalid('contacts.1.externalId'),
    );
    await expect(api.contacts.list({ search: text })).rejects.toMatchObject(invalid('search'));
    await expect(api.contacts.count({ where: { on: 'tags', op: 'hasAny', tags: ['vip', text] } })).rejects.toMatchObject(
      invalid('where.tags.1'),
    );
    await expect(api.segments.create({ name: 'S', filter: { search: text } })).rejects.toMatchObject(invalid('filter.search'));
    const { id } = await api.contacts.create({ name: 'Ana' });
    await expect(api.events.record({ contactId: id, name: 'x', properties: { [text]: 1 } })).rejects.toMatchObject(invalid('properties'));
  });
});

it('whole characters of two units are text like any other', async () => {
  expect(await api.contacts.create({ name: '😀 Ana' })).toMatchObject({ name: '😀 Ana' });
});

it('looks into what is nested as deeply as JSON can be', () => {
  let deep: unknown = 'a\u0000';
  for (let level = 0; level < 50_000; level += 1) deep = [deep];
  expect(() => checkStorableText(deep)).toThrow(/zero characters/);
});

it('an instant of no year that there was is refused, in filters and in cursors', async () => {
  const { id } = await api.contacts.create({ name: 'Ana' });
  const at = '0000-01-01T00:00:00Z';
  await expect(api.contacts.list({ where: { on: 'createdAt', op: 'since', at } })).rejects.toThrow(/years 1 to 9999/);
  await expect(api.contacts.list({ where: { on: 'consent', op: 'given', since: at } })).rejects.toThrow(/years 1 to 9999/);
  const cursor = '0000-01-01T00:00:00.000000Z';
  const wrong = { cause: { details: { field: 'cursor' } } };
  await expect(api.contacts.list({ sort: 'updated', cursor: `${id}|${cursor}` })).rejects.toMatchObject(wrong);
  await expect(api.contacts.timeline({ contactId: id, cursor: `${cursor}|m:1` })).rejects.toMatchObject(wrong);
  expect(await api.contacts.count({ where: { on: 'createdAt', op: 'since', at: '0001-01-01T00:00:00Z' } })).toMatchObject({
    isExact: true,
  });
});
