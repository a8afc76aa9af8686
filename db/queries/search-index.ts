/** The indexes that contacts are searched by, during bulk work. New entries wait in a list, which PostgreSQL merges into the tree when
 *  it is full: in the statement that filled it, or in another connection that is asked to. */
import { sql } from 'kysely';
import type { Db, Tx } from '../client.ts';

/** To the end of the transaction the list may grow: somebody merges it beside. */
export async function letSearchListGrow(tx: Tx): Promise<void> {
  await sql`set local gin_pending_list_limit = '32MB'`.execute(tx);
}

/** Merges what waits. Costs next to nothing when nothing does; a database user who does not own the table leaves it to autovacuum. */
export async function mergeSearchList(db: Db): Promise<void> {
  await sql`
    select gin_clean_pending_list(i.indexrelid)
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
    where i.indrelid = 'contacts'::regclass and a.amname = 'gin' and pg_has_role(c.relowner, 'usage')`.execute(db);
}
