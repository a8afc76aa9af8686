import type { Db } from '#db/client.ts';
import { completeUpload, deleteOldUploadChunks, deleteUpload, insertUpload, insertUploadChunk } from '#db/queries/uploads.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { sniffEncoding } from '#server/domain/contact-csv/encoding.ts';
import { DomainError } from '#server/platform/errors.ts';

export const largestUploadBytes = 200 * 1024 * 1024;
const chunkBytes = 1024 * 1024;

/** Keeps a file as it streams in, a megabyte a row, never whole in memory. Throws `tooLarge` at the first byte beyond the
 *  limit and `invalid` for an empty file; nothing of a file that did not arrive whole is kept. */
export async function storeUpload(
  db: Db,
  actor: Actor,
  file: { readonly name: string; readonly bytes: AsyncIterable<Uint8Array> },
): Promise<{ uploadId: string; byteCount: number }> {
  const { workspaceId } = actor;
  await deleteOldUploadChunks(db, workspaceId);
  const uploadId = await insertUpload(db, workspaceId, plainFileName(file.name), actorId(actor));
  try {
    const sniffer = sniffEncoding();
    let byteCount = 0;
    let n = 0;
    for await (const chunk of inChunks(file.bytes)) {
      byteCount += chunk.length;
      if (byteCount > largestUploadBytes) {
        throw new DomainError('tooLarge', 'This file is larger than 200 MB. Split it and import the parts one after the other.', {
          limitBytes: largestUploadBytes,
        });
      }
      if (n === 0 && isWorkbook(chunk)) {
        throw new DomainError('invalid', 'This is an Excel workbook, not a CSV. Save it as CSV and send it again.', { problem: 'notCsv' });
      }
      sniffer.push(chunk);
      await insertUploadChunk(db, workspaceId, uploadId, n, chunk);
      n += 1;
    }
    if (byteCount === 0) throw new DomainError('invalid', 'This file is empty. Choose another.', { problem: 'fileEmpty' });
    await completeUpload(db, workspaceId, uploadId, { byteCount, encoding: sniffer.finish() });
    return { uploadId, byteCount };
  } catch (error) {
    await deleteUpload(db, workspaceId, uploadId);
    throw error;
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

/** How files of Excel begin: zipped (xlsx), or the older compound form (xls). */
function isWorkbook(start: Buffer): boolean {
  return ['504b0304', 'd0cf11e0'].includes(start.subarray(0, 4).toString('hex'));
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
