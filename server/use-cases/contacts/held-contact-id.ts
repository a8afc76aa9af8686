import type { Tx } from '#db/client.ts';
import { holdContact } from '#db/queries/contact-merges.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** The id of the contact, or of the one that it was merged into, however long ago the caller learned it. It can neither be
 *  deleted nor merged before the transaction ends. Throws `notFound`. */
export async function heldContactId(tx: Tx, workspaceId: WorkspaceId, id: string): Promise<string> {
  const heldId = await holdContact(tx, workspaceId, id);
  if (heldId === null) throw notFound('contact', id);
  return heldId;
}
