/** Who acts: a signed-in member, an API key, or the system itself. Only this module makes a `WorkspaceId`,
 *  so a query that wants one cannot be reached with an id that nobody has checked. */
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Role } from '#server/domain/roles.ts';

export type Actor =
  | { readonly kind: 'user'; readonly workspaceId: WorkspaceId; readonly userId: string; readonly memberId: string; readonly role: Role }
  | { readonly kind: 'apiKey'; readonly workspaceId: WorkspaceId; readonly apiKeyId: string; readonly role: Role }
  | { readonly kind: 'system'; readonly workspaceId: WorkspaceId };

/** The member `memberId` acting in a workspace whose membership row was just read. */
export function userActor(row: { workspaceId: string; userId: string; memberId: string; role: Role }): Actor {
  return { kind: 'user', ...row, workspaceId: row.workspaceId as WorkspaceId };
}

/** An API key whose hash was just found, not revoked. */
export function apiKeyActor(row: { workspaceId: string; apiKeyId: string; role: Role }): Actor {
  return { kind: 'apiKey', ...row, workspaceId: row.workspaceId as WorkspaceId };
}

/** The system acting on its own account in a workspace: jobs, sweeps, provider webhooks. */
export function systemActor(workspaceId: string): Actor {
  return { kind: 'system', workspaceId: workspaceId as WorkspaceId };
}

/** The id to write beside an actor's kind in logs and ledgers; null for the system. */
export function actorId(actor: Actor): string | null {
  if (actor.kind === 'user') return actor.userId;
  return actor.kind === 'apiKey' ? actor.apiKeyId : null;
}
