/** Pages of lists are asked for by `cursor` alone. TanStack's infinite queries add a `direction`, which the API, strict
 *  about its inputs, would refuse: this link takes it off. */
import type { TRPCLink } from '@trpc/client';
import type { AppRouter } from '#server/api/root.ts';

export const plainPages: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next(op.type === 'query' ? { ...op, input: withoutDirection(op.input) } : op);

/** `input` without the `direction` that stands beside a `cursor`; anything else as it is. */
export function withoutDirection(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('cursor' in input) || !('direction' in input)) return input;
  const { direction: _direction, ...rest } = input;
  return rest;
}
