/** The one table from domain error codes to API codes. */
import type { TRPC_ERROR_CODE_KEY } from '@trpc/server';
import type { ErrorCode } from '#server/platform/errors.ts';

export const errorMap: Record<ErrorCode, TRPC_ERROR_CODE_KEY> = {
  notFound: 'NOT_FOUND',
  forbidden: 'FORBIDDEN',
  unauthenticated: 'UNAUTHORIZED',
  invalid: 'BAD_REQUEST',
  conflict: 'CONFLICT',
  alreadyExists: 'CONFLICT',
  notPublishable: 'PRECONDITION_FAILED',
  notYetSupported: 'PRECONDITION_FAILED',
  tooManyRequests: 'TOO_MANY_REQUESTS',
  tooLarge: 'PAYLOAD_TOO_LARGE',
  unavailable: 'SERVICE_UNAVAILABLE',
};
