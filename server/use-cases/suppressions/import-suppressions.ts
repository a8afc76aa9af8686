/** A file of addresses that must never be contacted: whatever in it is a phone or an e-mail address goes on the list. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { lockSequences } from '#db/queries/sequence-plans.ts';
import { insertSuppressions, type SuppressedHash } from '#db/queries/suppressions.ts';
import { getUpload, readUpload } from '#db/queries/uploads.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { detectSeparators, sampleBytes } from '#server/domain/contact-csv/format.ts';
import { unguardedCell } from '#server/domain/contact-csv/guarded-cell.ts';
import { readSuppressible } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { uploadRows } from '../imports/read-import.ts';

export interface ImportedSuppressions {
  readonly rows: number;
  /** Addresses that are new on the list. */
  readonly added: number;
  /** Rows in which there is no address; of a file with a header, that row is one. */
  readonly withoutAddress: number;
}

const batchSize = 5_000;

/** In batches, each committed by itself: doing it again adds what is missing. Throws `notFound` for an upload of elsewhere. */
export async function importSuppressions(db: Db, actor: Actor, input: { readonly uploadId: string }): Promise<ImportedSuppressions> {
  const { workspaceId } = actor;
  const upload = await getUpload(db, workspaceId, input.uploadId);
  const { country } = await getContactDefaults(db, workspaceId);
  const by = { kind: actor.kind, id: actorId(actor) };
  const counts = { rows: 0, added: 0, withoutAddress: 0 };
  let batch: SuppressedHash[] = [];
  const write = async (): Promise<void> => {
    const hashes = batch;
    batch = [];
    const inOne = async (tx: Tx): Promise<number> => {
      await lockSequences(tx, workspaceId);
      return insertSuppressions(tx, workspaceId, hashes, { reason: 'imported', by });
    };
    counts.added += await retryOnConflict(() => db.transaction().execute(inOne));
  };
  const separators = detectSeparators(await beginning(readUpload(db, workspaceId, upload.id)), upload.encoding);
  for await (const { rows } of uploadRows(db, workspaceId, upload.id, { encoding: upload.encoding, ...separators, startLine: 1 })) {
    for (const { cells } of rows) {
      const found = cells.flatMap((cell) => readSuppressible(unguardedCell(cell.trim()), country) ?? []);
      counts.rows += 1;
      if (found.length === 0) counts.withoutAddress += 1;
      batch.push(...found.map((address) => ({ kind: address.kind, hash: addressHash(workspaceId, address) })));
    }
    if (batch.length >= batchSize) await write();
  }
  await write();
  await db.transaction().execute((tx) => insertAuditEntry(tx, actor, 'suppressions.imported', { kind: 'upload', id: upload.id }, counts));
  return counts;
}

async function beginning(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  for await (const bytes of chunks) return bytes.subarray(0, sampleBytes);
  return new Uint8Array();
}
