import { createHash } from 'node:crypto';
import type { Db } from '#db/client.ts';
import { clearOldUploads, completeUpload, deleteUpload, insertUpload, insertUploadChunk } from '#db/queries/uploads.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { sniffEncoding } from '#server/domain/contact-csv/encoding.ts';
import { foreignFile } from '#server/domain/contact-csv/foreign-file.ts';
import { env } from '#server/platform/env.ts';
import { DomainError } from '#server/platform/errors.ts';
import { expandUpload, type UploadLimits } from './expand-upload.ts';

const megabyte = 1024 * 1024;
const chunkBytes = megabyte;

/** As the installation's settings say. */
export function uploadLimits(): UploadLimits {
  return { bytes: env().ANDANTE_UPLOAD_MEGABYTES * megabyte, ratio: env().ANDANTE_UPLOAD_RATIO };
}

/** Keeps a file as it streams in, expanded where it is a gzip file, a megabyte a row, never whole in memory. Throws `tooLarge`
 *  at the first byte beyond the limits and `invalid` for an empty or damaged file; nothing of a file that did not arrive whole
 *  is kept. `byteCount`: expanded. */
export async function storeUpload(
  db: Db,
  actor: Actor,
  file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
  limits: UploadLimits = uploadLimits(),
): Promise<{ uploadId: string; byteCount: number }> {
  const { workspaceId } = actor;
  await clearOldUploads(db, workspaceId);
  const uploadId = await insertUpload(db, workspaceId, plainFileName(file.name), actorId(actor));
  try {
    const sniffer = sniffEncoding();
    const hash = createHash('sha256');
    let byteCount = 0;
    let n = 0;
    for await (const chunk of inChunks(expandUpload(file.bytes, limits))) {
      byteCount += chunk.length;
      if (byteCount > limits.bytes) throw tooLarge(limits);
      if (n === 0) checkStart(chunk);
      sniffer.push(chunk);
      hash.update(chunk);
      await insertUploadChunk(db, workspaceId, uploadId, n, chunk);
      n += 1;
    }
    if (byteCount === 0) throw new DomainError('invalid', 'This file is empty. Choose another.', { problem: 'fileEmpty' });
    await completeUpload(db, workspaceId, uploadId, { byteCount, encoding: sniffer.finish(), contentHash: hash.digest() });
    return { uploadId, byteCount };
  } catch (error) {
    await deleteUpload(db, workspaceId, uploadId);
    throw error;
  }
}

function tooLarge({ bytes }: UploadLimits): DomainError {
  const megabytes = Math.round(bytes / megabyte);
  return new DomainError('tooLarge', `This file is larger than ${megabytes} MB. Split it and import the parts one after the other.`, {
    problem: 'tooLarge',
    limitBytes: bytes,
  });
}

function checkStart(chunk: Buffer): void {
  const foreign = foreignFile(chunk);
  if (foreign === 'workbook') {
    throw new DomainError('invalid', 'This is an Excel workbook, not a CSV. Save it as CSV and send it again.', { problem: 'notCsv' });
  }
  if (foreign === 'other') {
    const message = 'This is a document, an image or a packed file, not a CSV. Open the table in a spreadsheet and save it as CSV.';
    throw new DomainError('invalid', message, { problem: 'notTable' });
  }
}

async function* inChunks(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of bytes) {
    for (let at = 0; at < piece.length; ) {
      const part = piece.subarray(at, at + chunkBytes - heldBytes);
      held.push(part);
      heldBytes += part.length;
      at += part.length;
      if (heldBytes < chunkBytes) continue;
      yield Buffer.concat(held);
      held = [];
      heldBytes = 0;
    }
  }
  if (heldBytes > 0) yield Buffer.concat(held);
}

/** The last part of a path, without signs that a terminal or a header could take for something else. */
function plainFileName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  return (
    last
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 200) || 'contacts.csv'
  );
}
