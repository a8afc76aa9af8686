/** A digest of everything that a workspace holds, to see that nobody else changed it. */
import { sql } from 'kysely';
import type { Db } from '#db/client.ts';

/** One line per tenant table: its name and a hash over its rows, in a stable order. */
export async function fingerprint(db: Db, workspaceId: string): Promise<string[]> {
  const tables = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by 1`.execute(db);
  const digests: string[] = [];
  for (const { name } of tables.rows) {
    const { rows } = await sql<{ digest: string }>`
      select coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
      from ${sql.table(name)} t where workspace_id = ${workspaceId}::uuid`.execute(db);
    digests.push(`${name} ${rows[0]?.digest ?? ''}`);
  }
  return digests;
}
