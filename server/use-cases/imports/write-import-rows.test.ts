import { expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { makeImportBench } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';

const database = useTestDatabase();

/** The same numbers in every run. */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

function fileOf(seed: number): string {
  const next = numbers(seed);
  const pick = (list: readonly string[]): string => list[Math.floor(next() * list.length)] ?? '';
  const rows = Array.from({ length: 30 }, () => {
    const person = Math.floor(next() * 8);
    const other = next() < 0.85 ? person : Math.floor(next() * 8);
    const phone = next() < 0.6 ? `1198765430${person}` : '';
    const email = next() < 0.6 ? pick([`p${other}@x.com`, `P${other}@X.com`]) : '';
    return [pick(['Ana', 'Bia', '']), phone, email, next() < 0.3 ? `E-${person}` : '', pick(['Recife', '']), pick(['', 'vip'])].join(';');
  });
  return `nome;telefone;email;id externo;cidade;tags\n${rows.join('\n')}\n`;
}

async function outcome(file: string, chunkRows: number) {
  const bench = await makeImportBench(database.db);
  const { workspaceId, accountId } = bench.at;
  const steps = [messageStep('a', accountId, { kind: 'after', amount: 1, unit: 'days' })];
  const sequenceId = await makeSequence(database.db, workspaceId, { steps });
  await bench.api.contacts.create({ name: 'Já', phone: '11987654300', email: 'p1@x.com' });
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(file), options: { sequenceId } });
  await bench.api.imports.start({ id });
  await bench.run(id, chunkRows);
  const { status, counts } = await bench.api.imports.get({ id });
  const contacts = (await bench.contacts()).map((contact) => JSON.stringify({ ...contact, id: undefined })).sort();
  return { status, counts, contacts };
}

test('chunks side by side come to what one chunk after the other does', { timeout: 60_000 }, async () => {
  for (const seed of [7_919, 15_838, 23_757, 31_676]) {
    const file = fileOf(seed);
    expect({ seed, ...(await outcome(file, 4)) }).toEqual({ seed, ...(await outcome(file, 1_000)) });
  }
});

test('what a later chunk says of people whom the one before makes is not refused', async () => {
  for (let round = 0; round < 3; round += 1) {
    const bench = await makeImportBench(database.db);
    const people = Array.from({ length: 100 }, (_, n) => `C-${n};Ana;119${60_000_000 + n};`);
    const refusals = Array.from({ length: 100 }, (_, n) => `C-${n};;;sim`);
    const file = `id externo;nome;telefone;opt-out\n${[...people, ...refusals].join('\n')}\n`;
    const { id } = await bench.api.imports.create({ uploadId: await bench.upload(file), options: { identity: 'externalId' } });
    await bench.api.imports.start({ id });
    await bench.run(id, 100);
    const { counts } = await bench.api.imports.get({ id });
    expect(counts).toMatchObject({ rows: 200, created: 100, rejected: 0 });
    const refused = await database.db
      .selectFrom('optOuts')
      .select('contactId')
      .distinct()
      .where('workspaceId', '=', bench.at.workspaceId)
      .execute();
    expect(refused).toHaveLength(100);
  }
});
