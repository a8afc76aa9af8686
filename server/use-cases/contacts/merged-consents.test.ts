/** What contacts agreed to and refused, when one is made of several. */
import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeContacts, makeWorkspace, type TestWorkspace } from '../engine/testing.ts';
import { mergeContacts } from './merge-contacts.ts';
import { setConsent } from './set-consent.ts';

const database = useTestDatabase();
let space: TestWorkspace;
let keepId = '';
let otherId = '';
let thirdId = '';
beforeEach(async () => {
  space = await makeWorkspace(database.db);
  [keepId = '', otherId = '', thirdId = ''] = await makeContacts(database.db, space.workspaceId, 3);
});

const merge = (mergeIds = [otherId]) => mergeContacts(database.db, space.actor, { keepId, mergeIds });
const consent = (contactId: string, channelKind: string, status: string, at: string) => ({
  workspaceId: space.workspaceId,
  contactId,
  channelKind,
  status,
  source: 'Ficha',
  at: new Date(at),
});
const consents = () =>
  database.db
    .selectFrom('consents')
    .select(['contactId', 'channelKind', 'status', 'at'])
    .where('workspaceId', '=', space.workspaceId)
    .orderBy('channelKind')
    .execute();
const refusals = () =>
  database.db
    .selectFrom('optOuts')
    .select(['contactId', 'source', 'at'])
    .where('workspaceId', '=', space.workspaceId)
    .orderBy('at')
    .execute();

test('of consents the strictest of each channel stays, then the newest; notes and the id of elsewhere come along', async () => {
  await database.db
    .insertInto('consents')
    .values([
      consent(keepId, 'sms', 'given', '2026-01-01T12:00:00Z'),
      consent(otherId, 'sms', 'withdrawn', '2026-02-01T12:00:00Z'),
      consent(keepId, 'email', 'withdrawn', '2026-03-01T12:00:00Z'),
      consent(otherId, 'email', 'given', '2026-02-01T12:00:00Z'),
      consent(otherId, 'whatsapp', 'given', '2026-02-01T12:00:00Z'),
      // One was taken back before another record of the person got a newer one.
      consent(keepId, 'telegram', 'given', '2026-04-01T12:00:00Z'),
      consent(otherId, 'telegram', 'withdrawn', '2026-02-01T12:00:00Z'),
      consent(keepId, 'voice', 'withdrawn', '2026-02-01T12:00:00Z'),
      consent(otherId, 'voice', 'given', '2026-04-01T12:00:00Z'),
    ])
    .execute();
  await database.db.updateTable('contacts').set({ notes: 'Ligar antes', externalId: 'A-7' }).where('id', '=', otherId).execute();
  await merge();
  expect((await consents()).map(({ at: _at, ...rest }) => rest)).toEqual([
    { contactId: keepId, channelKind: 'email', status: 'withdrawn' },
    { contactId: keepId, channelKind: 'sms', status: 'withdrawn' },
    { contactId: keepId, channelKind: 'telegram', status: 'withdrawn' },
    { contactId: keepId, channelKind: 'voice', status: 'withdrawn' },
    { contactId: keepId, channelKind: 'whatsapp', status: 'given' },
  ]);
  const kept = await database.db.selectFrom('contacts').select(['notes', 'externalId']).where('id', '=', keepId).executeTakeFirst();
  expect(kept).toMatchObject({ notes: 'Ligar antes', externalId: 'A-7' });
});

test('a consent that is taken back under the old id stops sending to the one that stays', async () => {
  await merge();
  await setConsent(database.db, space.actor, { id: otherId, channelKind: 'sandbox', status: 'withdrawn', source: 'Ligação' });
  expect(await consents()).toMatchObject([{ contactId: keepId }]);
  expect(await refusals()).toMatchObject([{ contactId: keepId }]);
});

test('of consents that say the same the newest stays, and of several merged contacts the strictest', async () => {
  const rows = [
    consent(keepId, 'sms', 'given', '2026-03-01T12:00:00Z'),
    consent(otherId, 'sms', 'given', '2026-02-01T12:00:00Z'),
    consent(keepId, 'email', 'given', '2026-02-01T12:00:00Z'),
    consent(otherId, 'email', 'given', '2026-03-01T12:00:00Z'),
    consent(thirdId, 'email', 'given', '2026-01-01T12:00:00Z'),
    consent(otherId, 'voice', 'given', '2026-03-01T12:00:00Z'),
    consent(thirdId, 'voice', 'withdrawn', '2026-01-01T12:00:00Z'),
  ];
  await database.db.insertInto('consents').values(rows).execute();
  await merge([otherId, thirdId]);
  expect(await consents()).toEqual([
    { contactId: keepId, channelKind: 'email', status: 'given', at: new Date('2026-03-01T12:00:00Z') },
    { contactId: keepId, channelKind: 'sms', status: 'given', at: new Date('2026-03-01T12:00:00Z') },
    { contactId: keepId, channelKind: 'voice', status: 'withdrawn', at: new Date('2026-01-01T12:00:00Z') },
  ]);
});

test.each(['kept', 'merged'] as const)('of refusals the oldest stays, with its source: that of the %s contact', async (oldest) => {
  const refusal = (contactId: string, source: 'reply' | 'member', at: string) => ({
    workspaceId: space.workspaceId,
    contactId,
    channelKind: 'sandbox',
    source,
    at: new Date(at),
  });
  const [first, second] = oldest === 'kept' ? [keepId, otherId] : [otherId, keepId];
  const rows = [refusal(first, 'reply', '2026-01-01T12:00:00Z'), refusal(second, 'member', '2026-02-01T12:00:00Z')];
  await database.db.insertInto('optOuts').values(rows).execute();
  await merge();
  expect(await refusals()).toEqual([{ contactId: keepId, source: 'reply', at: new Date('2026-01-01T12:00:00Z') }]);
});
