/** The only way to learn the time. The database's clock is the clock; under the test clock it can be moved. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';

/** The database's present instant, as `andante_now()` gives it (start of the statement, UTC). */
export async function now(db: Db): Promise<Date> {
  const { rows } = await sql<{ now: Date }>`select andante_now() as now`.execute(db);
  const row = rows[0];
  if (!row) throw new Error('The database did not answer with its time.');
  return row.now;
}
