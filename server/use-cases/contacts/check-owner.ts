import type { Db, Tx } from '#db/client.ts';
import { holdMember, isMember } from '#db/queries/members.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** Throws `invalid` unless `memberId` is a member of the workspace, or nobody. */
export async function checkOwner(db: Db, workspaceId: WorkspaceId, memberId: string | null | undefined): Promise<void> {
  if (memberId == null || (await isMember(db, workspaceId, memberId))) return;
  throw ownerUnknown();
}

export function ownerUnknown(): DomainError {
  return new DomainError('invalid', 'The owner must be a member of this workspace. Choose one of members.list.', {
    field: 'ownerId',
    problem: 'ownerUnknown',
  });
}

/** In the transaction that makes a member the owner. Throws `invalid` when the member, who was one when it was asked for, has left. */
export async function holdOwner(tx: Tx, workspaceId: WorkspaceId, memberId: string | null): Promise<void> {
  if (memberId === null || (await holdMember(tx, workspaceId, memberId))) return;
  throw new DomainError(
    'invalid',
    'The member who was to be the owner has left the workspace meanwhile. Contacts that were reached before have no owner now: choose another member for all of them.',
    { field: 'ownerId', problem: 'ownerLeft' },
  );
}
