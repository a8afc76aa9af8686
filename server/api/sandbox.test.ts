import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { message } from '#server/channels/conformance.ts';
import type { OutboundMessage } from '#server/channels/channel.ts';
import { senderFor } from '#server/use-cases/channels/sender-pool.ts';
import type { World } from './authorisation/fixture.ts';
import { makeWorld } from './authorisation/world.ts';

const database = useTestDatabase();
let world: World;

beforeEach(async () => {
  world = await makeWorld(database.db, `w${crypto.randomUUID().slice(0, 8)}`);
});

async function deliver(change: Partial<OutboundMessage> = {}): Promise<void> {
  const sender = await senderFor(database.db, world.workspaceId, world.channelAccountId);
  const result = await sender.send(
    message({ contactId: world.contactId, address: '+5511900000001', subject: null, ...change }),
    AbortSignal.timeout(10_000),
  );
  expect(result.kind).toBe('accepted');
}

const shown = async () => (await world.api.sandbox.messages({ contactId: world.contactId })).items;

describe('the phone and the mailbox', () => {
  test('show what arrived and what was answered, in order, with choices and account', async () => {
    await deliver({ body: 'Qual horário?', options: ['Manhã', 'Tarde'] });
    await world.api.sandbox.reply({ contactId: world.contactId, channelAccountId: world.channelAccountId, text: 'Tarde' });
    await deliver({ subject: 'Confirmação', body: 'Até lá', html: '<p>Até lá</p>', address: 'ana@example.com' });
    expect(await shown()).toMatchObject([
      { direction: 'out', place: 'phone', body: 'Qual horário?', options: ['Manhã', 'Tarde'], channelAccountId: world.channelAccountId },
      { direction: 'in', place: 'phone', body: 'Tarde', channelAccountId: world.channelAccountId },
      { direction: 'out', place: 'mailbox', subject: 'Confirmação', html: '<p>Até lá</p>' },
    ]);
  });

  test('show a message that was sent twice as two', async () => {
    const id = crypto.randomUUID();
    await deliver({ id });
    await deliver({ id });
    expect(await shown()).toHaveLength(2);
  });

  test('show a test that went to the contact’s address', async () => {
    await world.api.channels.test({ id: world.channelAccountId, address: '+5511900000001', body: 'Só um teste' });
    expect(await shown()).toMatchObject([{ direction: 'out', body: 'Só um teste' }]);
  });

  test('take a thousand at once', async () => {
    await Promise.all(Array.from({ length: 1_000 }, () => deliver()));
    const rows = await database.db.selectFrom('sandboxDeliveries').select('id').where('workspaceId', '=', world.workspaceId).execute();
    expect(rows).toHaveLength(1_000);
  });

  test('forget a contact who was deleted', async () => {
    await deliver();
    await world.api.contacts.delete({ id: world.contactId });
    const rows = await database.db.selectFrom('sandboxDeliveries').select('id').where('workspaceId', '=', world.workspaceId).execute();
    expect(rows).toEqual([]);
  });
});

describe('the list of contacts', () => {
  test('has those with whom something was said, the latest first, with the last words', async () => {
    expect((await world.api.sandbox.contacts()).items).toEqual([]);
    const bruno = (await world.api.contacts.list({ search: 'Bruno' })).items[0]?.id ?? '';
    await deliver({ body: 'Para Ana' });
    await world.api.sandbox.reply({ contactId: bruno, channelAccountId: world.channelAccountId, text: 'De Bruno' });
    expect((await world.api.sandbox.contacts()).items).toMatchObject([
      { id: bruno, lastText: 'De Bruno' },
      { id: world.contactId, lastText: 'Para Ana' },
    ]);
  });

  test('finds anybody who has an address', async () => {
    await world.api.contacts.create({ name: 'Carla Sem Endereço' });
    expect((await world.api.sandbox.contacts({ search: 'carla' })).items.map(({ name }) => name)).toEqual(['Carla Exemplo']);
  });
});
