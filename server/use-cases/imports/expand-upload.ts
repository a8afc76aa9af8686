/** The bytes of an uploaded file, expanded where it is a gzip file: in a stream, with what it expands to held against limits. */
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DomainError } from '#server/platform/errors.ts';

export interface UploadLimits {
  /** Of the file, expanded. */
  readonly bytes: number;
  /** Expanded bytes per byte that was sent. */
  readonly ratio: number;
}

/** Below so many expanded bytes the ratio does not matter: a table of few words packs well. */
const ratioFromBytes = 10 * 1024 * 1024;
const pieceBytes = 128 * 1024;

/** Throws `tooLarge` (`details.problem`: `gzipBomb`) and `invalid` (`gzipDamaged`, `fileIncomplete`). */
export function expandUpload(bytes: AsyncIterable<Uint8Array>, limits: UploadLimits): AsyncGenerator<Uint8Array> {
  return plainOrExpanded(bytes, limits);
}

async function* plainOrExpanded(bytes: AsyncIterable<Uint8Array>, limits: UploadLimits): AsyncGenerator<Uint8Array> {
  const source = bytes[Symbol.asyncIterator]();
  const start = await firstPiece(source);
  if (start.length === 0) return;
  if (start[0] !== 0x1f || start[1] !== 0x8b) {
    yield start;
    for (let next = await source.next(); !next.done; next = await source.next()) yield next.value;
    return;
  }
  yield* expanded(start, source, limits);
}

/** At least two bytes, where the file has them: enough to tell a gzip file. */
async function firstPiece(source: AsyncIterator<Uint8Array>): Promise<Uint8Array> {
  let start: Uint8Array = new Uint8Array();
  while (start.length < 2) {
    const next = await source.next();
    if (next.done) break;
    start = start.length === 0 ? next.value : Buffer.concat([start, next.value]);
  }
  return start;
}

async function* expanded(start: Uint8Array, source: AsyncIterator<Uint8Array>, limits: UploadLimits): AsyncGenerator<Uint8Array> {
  let received = 0;
  let sourceError: unknown = null;
  async function* packed(): AsyncGenerator<Uint8Array> {
    try {
      for (let piece: IteratorResult<Uint8Array> = { value: start }; !piece.done; piece = await source.next()) {
        received += piece.value.length;
        yield piece.value;
      }
    } catch (error) {
      sourceError = error;
      throw error;
    }
  }
  const gunzip = createGunzip({ chunkSize: pieceBytes });
  pipeline(Readable.from(packed()), gunzip, () => undefined);
  let sent = 0;
  try {
    for await (const piece of gunzip as AsyncIterable<Buffer>) {
      sent += piece.length;
      if (sent > ratioFromBytes && sent > received * limits.ratio) throw bomb(limits);
      yield piece;
    }
  } catch (error) {
    if (sourceError !== null || error instanceof DomainError) throw error;
    throw damaged(error);
  } finally {
    gunzip.destroy();
  }
}

function bomb({ ratio }: UploadLimits): DomainError {
  return new DomainError(
    'tooLarge',
    `This gzip file expands to more than ${ratio} times its size, which no list of contacts does. Send the CSV itself.`,
    { problem: 'gzipBomb', ratio },
  );
}

/** zlib says `Z_BUF_ERROR` for a file that ends in the middle. */
function damaged(error: unknown): DomainError {
  const cut = error instanceof Error && 'code' in error && error.code === 'Z_BUF_ERROR';
  return cut
    ? new DomainError('invalid', 'The gzip file ends in the middle. Pack it and send it again.', { problem: 'fileIncomplete' })
    : new DomainError('invalid', 'The gzip file is damaged. Pack it and send it again.', { problem: 'gzipDamaged' });
}
