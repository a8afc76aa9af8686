/** Makes an API key. */
import type { Db } from '#db/client.ts';
import { insertApiKey, type KeyRole } from '#db/queries/api-keys.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import type { Actor } from '#server/auth/actor.ts';
import { createKey } from '#server/auth/api-key.ts';
import { type Role, roleAtLeast } from '#server/domain/roles.ts';
import { DomainError } from '#server/platform/errors.ts';

export const keyRoles = ['admin', 'editor', 'viewer'] as const satisfies readonly Role[];

/** Answers the key itself; it is stored nowhere and cannot be shown again. Nobody makes a key that may do more than they may. */
export async function createApiKey(
  db: Db,
  actor: Actor,
  input: { name: string; role: KeyRole },
): Promise<{ id: string; key: string; prefix: string }> {
  if (actor.kind !== 'system' && !roleAtLeast(actor.role, input.role)) {
    throw new DomainError('forbidden', 'A key cannot have a higher role than yours.');
  }
  const { key, keyHash, prefix } = createKey(actor.workspaceId);
  return db.transaction().execute(async (tx) => {
    const createdBy = actor.kind === 'user' ? actor.userId : null;
    const id = await insertApiKey(tx, {
      workspaceId: actor.workspaceId,
      name: input.name,
      role: input.role,
      prefix,
      keyHash,
      createdBy,
    });
    await insertAuditEntry(tx, actor, 'apiKey.created', { kind: 'apiKey', id }, { name: input.name, role: input.role });
    return { id, key, prefix };
  });
}
