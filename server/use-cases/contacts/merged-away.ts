/** What is said of an id that is no contact any more, where leading on would do harm: to take a contact away, or to enter many,
 *  is decided for the contact that there is now. */
import type { Db } from '#db/client.ts';
import { listKeptIds } from '#db/queries/contact-merges.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** `conflict` with `mergedInto` for a contact that was merged, else `notFound`. */
export async function goneContact(db: Db, workspaceId: WorkspaceId, id: string): Promise<DomainError> {
  const mergedInto = (await listKeptIds(db, workspaceId, [id])).get(id);
  if (mergedInto === undefined) return notFound('contact', id);
  return new DomainError('conflict', `The contact ${id} was merged into ${mergedInto} meanwhile. If you mean that one, ask with its id.`, {
    mergedInto,
  });
}

/** The refusals, each of a merged contact with the id of the one that was kept. */
export async function namingKept<Refusal extends { readonly contactId: string; readonly reason: string }>(
  db: Db,
  workspaceId: WorkspaceId,
  refused: readonly Refusal[],
): Promise<(Refusal & { readonly mergedInto?: string })[]> {
  const unknown = refused.filter(({ reason }) => reason === 'notFound').map(({ contactId }) => contactId);
  const kept = unknown.length === 0 ? new Map<string, string>() : await listKeptIds(db, workspaceId, unknown);
  return refused.map((refusal) => {
    const mergedInto = kept.get(refusal.contactId);
    return mergedInto === undefined ? refusal : { ...refusal, mergedInto };
  });
}
