/** Runs of an import: cut short and taken up again, and several at once. */
import { beforeEach, describe, expect, test } from 'vitest';
import { useTestDatabase } from '#db/testing/test-database.ts';
import { type ImportBench, makeImportBench, peopleFile } from '#server/api/authorisation/import-bench.ts';
import { makeSequence, messageStep } from '../engine/testing.ts';
import { runImport } from './run-import.ts';

const database = useTestDatabase();
let at: ImportBench['at'];
let bench: ImportBench;
let api: ImportBench['api'];

beforeEach(async () => {
  bench = await makeImportBench(database.db);
  ({ at, api } = bench);
});

describe('a run that is stopped or killed', () => {
  test('goes on where the last written chunk ended, and doubles nothing', async () => {
    const { id } = await api.imports.create({ uploadId: await bench.upload(peopleFile(1_000)) });
    await api.imports.start({ id });
    const deaths: unknown[] = [];
    for (let n = 0; n < 4; n += 1) {
      // It dies in the middle of the transaction of a chunk.
      const dying = runImport(dyingDb(n), { workspaceId: at.workspaceId, importId: id }, { chunkRows: 50 });
      await dying.catch((error: unknown) => deaths.push(error));
    }
    expect(deaths).toHaveLength(4);
    // Of chunks side by side, either may be the one that dies.
    const { status, counts } = await api.imports.get({ id });
    expect({ status, ofAChunk: counts.rows % 50, isPart: counts.rows > 0 && counts.rows <= 700 }).toEqual({
      status: 'running',
      ofAChunk: 0,
      isPart: true,
    });
    await bench.run(id, 50);
    const done = await api.imports.get({ id });
    expect(done).toMatchObject({ status: 'done', counts: { rows: 1_000, created: 980, rejected: 20 } });
    expect(await bench.contacts()).toHaveLength(980);
    const { items } = await api.imports.rows({ id, limit: 200 });
    expect(items.map((row) => row.line)).toEqual(Array.from({ length: 200 }, (_, n) => n + 2));
  });

  test('says so when it was asked to stop, and is finished by the next run', async () => {
    const { id } = await api.imports.create({ uploadId: await bench.upload(peopleFile(100)) });
    await api.imports.start({ id });
    const stop = new AbortController();
    stop.abort();
    expect(await runImport(database.db, { workspaceId: at.workspaceId, importId: id }, { signal: stop.signal })).toBe(false);
    expect(await api.imports.get({ id })).toMatchObject({ status: 'running' });
    expect(await bench.run(id)).toBe(true);
    expect(await api.imports.get({ id })).toMatchObject({ status: 'done', counts: { created: 98 } });
  });

  /** The same database, whose statements begin to fail at the insert of contacts that follows `n` others. */
  function dyingDb(n: number): typeof database.db {
    let left = n;
    const inserts = new Set<unknown>();
    return database.db.withPlugin({
      transformQuery({ node, queryId }) {
        if (node.kind === 'RawNode' && node.sqlFragments[0]?.includes('insert into contacts ')) inserts.add(queryId);
        return node;
      },
      async transformResult({ result, queryId }) {
        if (inserts.has(queryId) && left-- === 0) throw new Error('the worker is killed');
        return result;
      },
    });
  }
});

describe('at once', () => {
  test('two workers on the same import write every row once', async () => {
    const { id } = await api.imports.create({ uploadId: await bench.upload(peopleFile(600)) });
    await api.imports.start({ id });
    await Promise.all([bench.run(id, 40), bench.run(id, 40), bench.run(id, 70)]);
    expect(await api.imports.get({ id })).toMatchObject({ status: 'done', counts: { rows: 600, created: 588, rejected: 12 } });
    expect(await bench.contacts()).toHaveLength(588);
  });

  test('the same file in two imports makes every person once', async () => {
    const sequenceId = await makeSequence(database.db, at.workspaceId, {
      steps: [messageStep('a', at.accountId, { kind: 'after', amount: 1, unit: 'days' })],
    });
    const uploadId = await bench.upload(peopleFile(600));
    const imports = await Promise.all([1, 2].map(() => api.imports.create({ uploadId, options: { sequenceId } })));
    for (const { id } of imports) await api.imports.start({ id });
    await Promise.all(imports.map(({ id }) => bench.run(id, 50)));
    const [first, second] = await Promise.all(imports.map(({ id }) => api.imports.get({ id })));
    expect((first?.counts.created ?? 0) + (second?.counts.created ?? 0)).toBe(588);
    expect((first?.counts.enrolled ?? 0) + (second?.counts.enrolled ?? 0)).toBe(588);
    expect((first?.counts.unchanged ?? 0) + (second?.counts.unchanged ?? 0)).toBe(588);
    expect(await bench.contacts()).toHaveLength(588);
  });
});
