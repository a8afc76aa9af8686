/** What is left to API keys of the calls they may make: a bucket per key, filled evenly, that holds a minute's worth. */
import { sql } from 'kysely';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';

/** Takes `calls` out of the key's bucket. Answers null when they were there, else the seconds until they will be: nothing is
 *  taken then. `perMinute`: size of the bucket and what flows in, at least `calls`. */
export async function takeCalls(
  db: Db,
  key: { readonly workspaceId: WorkspaceId; readonly apiKeyId: string },
  { calls, perMinute }: { readonly calls: number; readonly perMinute: number },
): Promise<number | null> {
  const { workspaceId, apiKeyId } = key;
  const own = sql`a.workspace_id = ${workspaceId} and a.api_key_id = ${apiKeyId}`;
  const filled = sql`least(${perMinute}::float8,
    a.calls + greatest(extract(epoch from andante_now() - a.at), 0)::float8 * ${perMinute}::float8 / 60)`;
  const taken = await sql`
    insert into api_allowances as a (workspace_id, api_key_id, calls)
    values (${workspaceId}, ${apiKeyId}, ${perMinute}::float8 - ${calls}::float8)
    on conflict (workspace_id, api_key_id) do update set calls = ${filled} - ${calls}::float8, at = andante_now()
    where ${filled} >= ${calls}::float8`.execute(db);
  if (taken.numAffectedRows) return null;
  const { rows } = await sql<{ seconds: number }>`
    select ceil((${calls}::float8 - ${filled}) * 60 / ${perMinute}::float8)::int as seconds from api_allowances a where ${own}`.execute(db);
  return Math.max(1, rows[0]?.seconds ?? 1);
}
