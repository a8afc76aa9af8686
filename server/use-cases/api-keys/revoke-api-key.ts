/** Ends an API key: its next request is refused. */
import type { Db } from '#db/client.ts';
import { revokeApiKey as revokeKeyRow } from '#db/queries/api-keys.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import type { Actor } from '#server/auth/actor.ts';
import { notFound } from '#server/platform/errors.ts';

/** Revoking a key twice is revoking it once. */
export async function revokeApiKey(db: Db, actor: Actor, input: { id: string }): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const outcome = await revokeKeyRow(tx, actor.workspaceId, input.id);
    if (outcome === 'missing') throw notFound('API key', input.id);
    if (outcome === 'revoked') await insertAuditEntry(tx, actor, 'apiKey.revoked', { kind: 'apiKey', id: input.id });
  });
}
