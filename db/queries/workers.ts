/** Heartbeats of worker processes, in real time also under the test clock. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';

export async function insertWorker(db: Db, worker: { readonly host: string; readonly pid: number }): Promise<string> {
  await sql`delete from workers where seen_at < statement_timestamp() - interval '1 day'`.execute(db);
  const { id } = await db.insertInto('workers').values(worker).returning('id').executeTakeFirstOrThrow();
  return id;
}

/** Says that a worker is alive; makes its row again where it was cleared away. */
export async function beatWorker(db: Db, id: string, worker: { readonly host: string; readonly pid: number }): Promise<void> {
  await sql`
    insert into workers (id, host, pid) values (${id}, ${worker.host}, ${worker.pid})
    on conflict (id) do update set seen_at = statement_timestamp()`.execute(db);
}

export async function deleteWorker(db: Db, id: string): Promise<void> {
  await db.deleteFrom('workers').where('id', '=', id).execute();
}
