/** Errors of the domain: a closed union of codes, mapped to API errors in `server/api/error-map.ts` alone. */

export type ErrorCode =
  | 'notFound'
  | 'forbidden'
  | 'unauthenticated'
  | 'invalid'
  | 'conflict'
  | 'alreadyExists'
  | 'notPublishable'
  | 'notYetSupported'
  | 'tooManyRequests'
  | 'tooLarge'
  | 'unavailable';

/** Says what happened and what to do. `code` is stable; `details` is JSON for programs (field names, step keys). */
export class DomainError extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, message: string, details: Record<string, unknown> = {}) {
    super(message);
    this.name = 'DomainError';
    this.code = code;
    this.details = details;
  }
}

export function notFound(what: string, id: string): DomainError {
  return new DomainError('notFound', `There is no ${what} ${id} in this workspace. It may have been deleted.`, { what, id });
}
