/** Statistics of the tables that bulk work changes, without which the plans of PostgreSQL go astray until autovacuum comes by. */
import { sql } from 'kysely';
import type { Db } from '../client.ts';

/** Changes of so many rows call for fresh statistics. */
export const bulkRows = 10_000;

/** Call it outside of a transaction: every table is let go as soon as it is done. */
export async function analyseBulkTables(db: Db): Promise<void> {
  await sql`analyze contacts, contact_tags, import_rows, enrolments, enrolment_events, messages, trigger_contacts`.execute(db);
}
