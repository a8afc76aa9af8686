/** `POST /api/uploads/contacts`: a multipart form with one file, streamed into the database. */
import { Readable } from 'node:stream';
import type { ReadableStream as WebStream } from 'node:stream/web';
import busboy from 'busboy';
import type { Db } from '#db/client.ts';
import { DomainError } from '#server/platform/errors.ts';
import { storeUpload } from '#server/use-cases/imports/store-upload.ts';
import { answerRoute, routeActor } from './route.ts';
import { isSameOrigin } from './same-origin.ts';

/** Answers `{ uploadId, byteCount }`, for `imports.preview` and `imports.create`. */
export function receiveContactUpload(request: Request, database?: Db): Promise<Response> {
  return answerRoute(async () => {
    if (!request.headers.has('authorization') && !isSameOrigin(request)) {
      throw new DomainError('forbidden', 'This call did not come from a page of this installation. Other programs send an API key.');
    }
    const { db, actor } = await routeActor(request, 'imports.create', database);
    return Response.json(await withFile(request, (file) => storeUpload(db, actor, file)));
  });
}

interface SentFile {
  readonly name: string;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Gives the form's one file to `store` while it comes in. Throws `invalid` when the form has none or breaks off. */
async function withFile<T>(request: Request, store: (file: SentFile) => Promise<T>): Promise<T> {
  const type = request.headers.get('content-type') ?? '';
  if (!request.body || !/^multipart\/form-data;.*boundary=/i.test(type)) throw noFile();
  const form = busboy({ headers: { 'content-type': type }, limits: { files: 1, fields: 5, fieldSize: 1_000 }, defParamCharset: 'utf8' });
  const body = Readable.fromWeb(request.body as WebStream<Uint8Array>);
  let received = 0;
  body.on('data', (bytes: Uint8Array) => {
    received += bytes.length;
  });
  try {
    return await new Promise<T>((resolve, reject) => {
      let storing: Promise<T> | null = null;
      let broken = false;
      const brokenOff = () => {
        broken = true;
        // While a file is being stored, its storing fails now, takes back what it wrote, and then answers.
        if (storing)
          storing.then(
            () => reject(incomplete()),
            () => undefined,
          );
        else reject(incomplete());
      };
      form.on('file', (_name, file, { filename }) => {
        file.on('error', brokenOff);
        storing = store({ name: filename ?? '', bytes: file });
        storing.catch((error: unknown) => reject(broken && !(error instanceof DomainError) ? incomplete() : error));
      });
      form.on('close', () => {
        if (broken) return;
        if (storing) storing.then(resolve, () => undefined);
        else reject(noFile());
      });
      form.on('error', brokenOff);
      body.on('error', brokenOff);
      body.pipe(form);
    }).then((stored) => {
      const announced = Number(request.headers.get('content-length') ?? received);
      if (announced !== received) throw incomplete();
      return stored;
    });
  } finally {
    body.unpipe(form);
    body.destroy();
    form.destroy();
  }
}

function noFile(): DomainError {
  return new DomainError('invalid', 'Send the file as multipart/form-data, in a field named "file".', { problem: 'noFile' });
}

function incomplete(): DomainError {
  return new DomainError('invalid', 'The file did not arrive whole. Send it again.', { problem: 'fileIncomplete' });
}
