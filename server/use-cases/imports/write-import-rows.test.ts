import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench } from '#server/api/authorisation/import-bench.ts';
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

test('a chunk that leaves a row to the next one does not end the import', async () => {
  const bench = await makeImportBench(database.db);
  await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', externalId: 'C-1' });
  const file = 'id externo;telefone;nome\nC-1;11987654322;\nC-2;11987654321;\nC-1;;Ana Souza\nC-3;11987654323;\n';
  const { id } = await bench.api.imports.create({ uploadId: await bench.upload(file), options: { identity: 'externalId' } });
  await bench.api.imports.start({ id });
  await bench.run(id, 2);
  expect(await bench.api.imports.get({ id })).toMatchObject({ status: 'done', counts: { rows: 4, updated: 1, merged: 1, created: 2 } });
});

describe('while somebody of one chunk is held', () => {
  /** Begins an import in chunks of two rows, does `meanwhile`, and only then lets `Zoe` go. */
  async function importWhileHeld(bench: ImportBench, rows: readonly string[], meanwhile: (importId: string) => Promise<void>) {
    const { id } = await bench.api.imports.create({ uploadId: await bench.upload(`nome;telefone;email\n${rows.join('\n')}\n`) });
    await bench.api.imports.start({ id });
    const run = await database.db.transaction().execute(async (tx) => {
      await sql`select from contacts where workspace_id = ${bench.at.workspaceId} and name = 'Zoe' for update`.execute(tx);
      const running = bench.run(id, 2);
      await meanwhile(id);
      return { running };
    });
    await run.running;
    return (await bench.api.imports.get({ id })).counts;
  }
  /** Transactions of this database that hold rows or have written. */
  async function writing(): Promise<number> {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from pg_stat_activity where datname = current_database() and backend_xid is not null`.execute(
      database.db,
    );
    return rows[0]?.count ?? -1;
  }
  const soon = { interval: 20, timeout: 5_000 };
  const six = ['Zoe;11987654320;', 'Ana;11987654321;', 'Bia;11987654322;', 'Caio;11987654323;', 'Dani;11987654324;', 'Eva;11987654325;'];

  test('the two chunks after it write theirs', async () => {
    const bench = await makeImportBench(database.db);
    await bench.api.contacts.create({ name: 'Zoe', phone: '11987654320' });
    const counts = await importWhileHeld(bench, six, () => expect.poll(writing, soon).toBe(4));
    expect(counts).toMatchObject({ rows: 6, created: 5, unchanged: 1 });
  });

  test('no chunk after it writes while another import wants its turn', async () => {
    const bench = await makeImportBench(database.db);
    await bench.api.contacts.create({ name: 'Zoe', phone: '11987654320' });
    const other = await bench.api.imports.create({ uploadId: await bench.upload('nome;telefone\nFil;11987654326\n') });
    await bench.api.imports.start({ id: other.id });
    const counts = await importWhileHeld(bench, six, async () => {
      await expect.poll(writing, soon).toBe(2);
      await new Promise((go) => setTimeout(go, 200));
      expect(await writing()).toBe(2);
    });
    expect(counts).toMatchObject({ rows: 6, created: 5, unchanged: 1 });
  });

  test('it is told as the chunk before has left them, also by another of their addresses', async () => {
    const bench = await makeImportBench(database.db);
    await bench.api.contacts.create({ name: 'Zoe', phone: '11987654320' });
    await bench.api.contacts.create({ name: 'Ana', phone: '11987654321', email: 'ana@x.com' });
    const rows = ['Ana S.;11987654321;', 'Bia;11987654322;', 'Zoe;11987654320;', 'Ana Souza;;ana@x.com'];
    const counts = await importWhileHeld(bench, rows, async (id) => {
      const nextRow = () => database.db.selectFrom('imports').select('nextRow').where('id', '=', id).executeTakeFirst();
      await expect.poll(nextRow, soon).toEqual({ nextRow: 2 });
    });
    expect(counts).toMatchObject({ created: 1, updated: 1, unchanged: 1, merged: 1 });
  });
});
