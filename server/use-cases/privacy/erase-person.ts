/** The complete erasure of one person (LGPD, art. 18, VI): nothing by which to tell the person stays in any table. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listMergedIds } from '#db/queries/contact-merges.ts';
import { deleteContactRows, findContact } from '#db/queries/contacts.ts';
import { lockWorkspaceImports } from '#db/queries/import-chunks.ts';
import {
  clearImports,
  countImportsUnderWay,
  deleteTraces,
  holdPerson,
  listEarlierAddresses,
  listEarlierNames,
  passingPlaces,
  rewritePlace,
} from '#db/queries/person-erasure.ts';
import { insertSuppressions } from '#db/queries/suppressions.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { personPattern } from '#server/domain/contact/person-pattern.ts';
import { withoutPerson } from '#server/domain/contact/without-person.ts';
import { suppressible } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import { DomainError } from '#server/platform/errors.ts';
import { goneContact } from '../contacts/merged-away.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';

export interface ErasedPerson {
  /** Addresses that are on the suppression list now, as keyed hashes, and were not before. */
  readonly suppressed: number;
  /** Rows of imports that hold nothing of the person any more. */
  readonly importRows: number;
}

/** The contact with all that hangs on it, and its traces in imports, events, audit details, saved filters and requests. `suppress`: its
 *  addresses, earlier ones too, go on the suppression list. What other people wrote about the person stays theirs, and what is with a
 *  provider is waited for: throws `notFound`, and `conflict` while a message of the contact or an import of the workspace is under way. */
export function erasePerson(db: Db, actor: Actor, input: { readonly id: string; readonly suppress: boolean }): Promise<ErasedPerson> {
  return retryOnConflict(() => db.transaction().execute((tx) => eraseIn(tx, actor, input)));
}

async function eraseIn(tx: Tx, actor: Actor, { id, suppress }: { id: string; suppress: boolean }): Promise<ErasedPerson> {
  const { workspaceId } = actor;
  await lockWorkspaceImports(tx, workspaceId);
  const underWay = await holdPerson(tx, workspaceId, id);
  const contact = await findContact(tx, workspaceId, id);
  if (!contact) throw await goneContact(tx, workspaceId, id);
  if (underWay > 0) {
    throw new DomainError('conflict', 'A message to this contact is being sent right now. Try again in a minute.', {
      problem: 'messageUnderWay',
    });
  }
  if ((await countImportsUnderWay(tx, workspaceId)) > 0) {
    throw new DomainError('conflict', 'An import is running, and could bring this person back. Wait until it has ended, or cancel it.', {
      problem: 'importUnderWay',
    });
  }
  const earlier = await listEarlierAddresses(tx, workspaceId, id);
  const addresses = [contact.phone, contact.email, ...earlier].filter((address) => address !== null).map(suppressible);
  const pattern = personPattern({ ...contact, earlier, earlierNames: await listEarlierNames(tx, workspaceId, id) });
  const importRows = await clearImports(tx, workspaceId, id, pattern);
  const bare = addresses.map(({ address }) => address);
  const contactIds = [id, ...(await listMergedIds(tx, workspaceId, id))];
  await deleteTraces(tx, workspaceId, { contactIds, addresses: bare, pattern });
  await deleteContactRows(tx, workspaceId, [id]);
  if (pattern !== null) {
    for (const place of passingPlaces) await rewritePlace(tx, workspaceId, place, pattern, (value) => withoutPerson(value, pattern));
  }
  const hashes = addresses.map((address) => ({ kind: address.kind, hash: addressHash(workspaceId, address) }));
  const by = { kind: actor.kind, id: actorId(actor) };
  const suppressed = suppress ? await insertSuppressions(tx, workspaceId, hashes, { reason: 'erased', by }) : 0;
  await insertAuditEntry(tx, actor, 'contact.erased', { kind: 'contact', id }, { suppress, importRows });
  return { suppressed, importRows };
}
