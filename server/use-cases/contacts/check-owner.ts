import type { Db } from '#db/client.ts';
import { isMember } from '#db/queries/members.ts';
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
