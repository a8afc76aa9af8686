/** Sends a file to be imported, and tells how far it is. XMLHttpRequest, since fetch says nothing about sending. */
export class UploadRefused extends Error {
  /** A code of `imports.choose.problems`, or null. */
  readonly problem: string | null;
  constructor(problem: string | null) {
    super(problem ?? 'The upload failed.');
    this.name = 'UploadRefused';
    this.problem = problem;
  }
}

interface SendFileOptions {
  slug: string;
  file: File;
  onProgress: (sentBytes: number, totalBytes: number) => void;
  signal: AbortSignal;
}

/** Answers the id of the upload. Throws `UploadRefused`. */
export function sendFile({ slug, file, onProgress, signal }: SendFileOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file);
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded, event.total));
    request.addEventListener('load', () => {
      const answer = answerOf(request.response);
      if (request.status === 200 && answer.uploadId) resolve(answer.uploadId);
      else reject(new UploadRefused(answer.problem ?? (request.status === 413 ? 'tooLarge' : null)));
    });
    request.addEventListener('error', () => reject(new UploadRefused(null)));
    signal.addEventListener('abort', () => request.abort());
    request.responseType = 'json';
    request.open('POST', '/api/uploads/contacts');
    request.setRequestHeader('x-andante-workspace', slug);
    request.send(form);
  });
}

function answerOf(response: unknown): { uploadId: string | null; problem: string | null } {
  if (typeof response !== 'object' || response === null) return { uploadId: null, problem: null };
  const { uploadId, error } = response as { uploadId?: string; error?: { details?: { problem?: string } } };
  return { uploadId: uploadId ?? null, problem: error?.details?.problem ?? null };
}
