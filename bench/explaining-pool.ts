/** A pool whose connections explain what is asked of them: every statement is first explained with its own parameters, in
 *  the state in which it then runs, and that trial is rolled back. So plans are those of the product's own statements. */
import type { PostgresPool, PostgresPoolClient } from 'kysely';
import pg from 'pg';

export interface ExplainingPool extends PostgresPool {
  /** What was explained since the last call: the statement and its plan, in the order of asking. */
  taken(): string[];
}

const explain = 'explain (analyze, buffers, timing off, summary off)';
const explainable = /^\s*(select|insert|update|delete|with)\b/i;

/** Over `pool`, which stays the caller's to end. */
export function createExplainingPool(pool: pg.Pool): ExplainingPool {
  let explained: string[] = [];
  return {
    async connect() {
      const client = await pool.connect();
      return explaining(client, (text) => explained.push(text));
    },
    end: () => Promise.resolve(),
    options: pool.options,
    taken() {
      const all = explained;
      explained = [];
      return all;
    },
  };
}

function explaining(client: pg.PoolClient, keep: (text: string) => void): PostgresPoolClient {
  let isInTransaction = false;
  /** Kysely asks with a text and values, except for streams, which nothing here uses. */
  const query = async (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    if (explainable.test(text)) keep(`${statementOf(text)}\n\n${await planOf(client, text, values, isInTransaction)}\n`);
    const result = await client.query(text, [...values]);
    if (/^(begin|start transaction)/i.test(text)) isInTransaction = true;
    if (/^(commit|rollback)\s*$/i.test(text)) isInTransaction = false;
    return result;
  };
  return { query: query as unknown as PostgresPoolClient['query'], release: () => client.release() };
}

async function planOf(client: pg.PoolClient, text: string, values: readonly unknown[], isInTransaction: boolean): Promise<string> {
  await client.query(isInTransaction ? 'savepoint trial' : 'begin');
  try {
    const { rows } = await client.query<{ 'QUERY PLAN': string }>(`${explain} ${text}`, [...values]);
    return withoutConstants(rows.map((row) => row['QUERY PLAN']).join('\n'));
  } finally {
    await client.query(isInTransaction ? 'rollback to savepoint trial' : 'rollback');
  }
}

function statementOf(text: string): string {
  return text.trim().replaceAll(/^ {4}/gm, '');
}

/** Ids, instants and lists differ with every run and say nothing. */
function withoutConstants(plan: string): string {
  return plan
    .replaceAll(/'\{[^']{30,}\}'/g, `'{…}'`)
    .replaceAll(/'[0-9a-f]{8}-[0-9a-f-]{27}'/g, `'…'`)
    .replaceAll(/'\d{4}-\d\d-\d\d [\d:.]+\+00'/g, `'…'`);
}
