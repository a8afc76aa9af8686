/** Making and unmaking owners is for owners alone. */
import type { Actor } from '#server/auth/actor.ts';
import { DomainError } from '#server/platform/errors.ts';

export function refuseUnlessOwner(actor: Actor): void {
  if (actor.kind === 'system' || actor.role === 'owner') return;
  throw new DomainError('forbidden', 'Only an owner of the workspace can make or change owners.', { reason: 'ownerOnly' });
}
