import { beforeEach, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import type { World } from '#server/api/authorisation/fixture.ts';
import { makeWorld } from '#server/api/authorisation/world.ts';

const database = useTestDatabase();
let world: World;
beforeEach(async () => {
  world = await makeWorld(database.db, `w${crypto.randomUUID().slice(0, 8)}`);
});

const preview = (content: { subject?: string; body: string; html?: string; fallback?: string }) =>
  world.api.sequences.preview({
    contactId: world.contactId,
    channelAccountId: world.channelAccountId,
    sequenceName: 'Boas-vindas',
    content,
  });

test('a text reads as it would go out, and to which address', async () => {
  expect(
    await preview({
      subject: 'Oi {{ contact.firstName }}',
      body: '{{ sequence.name }} · {{ sender.name }}',
      html: '<b>{{ contact.name }}</b>',
    }),
  ).toEqual({
    subject: [{ kind: 'text', text: 'Oi Ana' }],
    body: [{ kind: 'text', text: 'Boas-vindas · Sandbox' }],
    html: '<b>Ana Exemplo</b>',
    fallback: null,
    missing: [],
    problems: [],
    error: null,
    address: '+5511900000001',
  });
});

test('gaps are shown with the fallback text that would go instead', async () => {
  await world.api.contacts.createField({ key: 'city', label: 'Cidade', kind: 'text' });
  expect(await preview({ body: 'Oi de {{ contact.fields.city }}', fallback: 'Oi, {{ contact.firstName }}' })).toMatchObject({
    body: [
      { kind: 'text', text: 'Oi de ' },
      { kind: 'missing', text: 'contact.fields.city' },
    ],
    fallback: [{ kind: 'text', text: 'Oi, Ana' }],
    missing: ['contact.fields.city'],
    problems: [],
  });
});

test('mistakes are named with their place', async () => {
  expect(await preview({ body: 'Oi {{ contact.nome }} {{ contact.fields.cidade | default: "" }}' })).toMatchObject({
    problems: [
      { part: 'body', code: 'unknownVariable', what: 'contact.nome', line: 1, column: 7 },
      { part: 'body', code: 'unknownVariable', what: 'contact.fields.cidade' },
    ],
  });
  expect(await preview({ body: 'Oi {{ contact.name' })).toMatchObject({
    problems: [{ code: 'unclosedOutput' }],
    error: expect.stringContaining('not closed'),
  });
});

test('a text that does not end is told, not waited for', async () => {
  const body = '{% for i in (1..99999) %}{% for j in (1..99999) %}{{ j }}{% endfor %}{% endfor %}';
  expect(await preview({ body })).toMatchObject({ body: [], error: expect.stringContaining('too long') });
});
