/** The API's base: who calls is decided in the context, what they may do in `workspaceProcedure`, by the table in
 *  `server/auth/permissions.ts`. Plain JSON, no transformer; domain errors become API errors here. */
import { initTRPC, TRPCError } from '@trpc/server';
import { z } from 'zod';
import type { Db } from '#db/client.ts';
import type { SignedInUser } from '#db/queries/sessions.ts';
import type { Actor } from '#server/auth/actor.ts';
import { tooManyCalls } from '#server/auth/call-limit.ts';
import type { ClientAddress } from '#server/auth/client-address.ts';
import { openProcedures, type OpenTo, permissions } from '#server/auth/permissions.ts';
import { type Role, roleAtLeast } from '#server/domain/roles.ts';
import { DomainError } from '#server/platform/errors.ts';
import { errorMap } from './error-map.ts';
import { checkStorableText } from './storable-text.ts';

export interface ApiContext {
  readonly db: Db;
  /** Null when nobody is signed in, or not in the workspace that was named. */
  readonly actor: Actor | null;
  /** The person behind the session cookie, whatever the workspace; null for keys and strangers. */
  readonly user?: SignedInUser | null;
  readonly client?: ClientAddress;
  /** Set when the key of this request called too often: after how many seconds it may come back. */
  readonly retryAfterSeconds?: number | null;
}

const t = initTRPC.context<ApiContext>().create({
  errorFormatter({ shape, error }) {
    const cause = error.cause;
    const domain = cause instanceof DomainError ? { code: cause.code, details: cause.details } : null;
    const invalid = cause instanceof z.ZodError ? z.flattenError(cause) : null;
    const { stack: _stack, ...data } = shape.data;
    return { ...shape, message: invalid ? z.prettifyError(cause as z.ZodError) : shape.message, data: { ...data, domain, invalid } };
  },
});

export const router = t.router;
export const createCaller = t.createCallerFactory;

const mapDomainErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (result.ok || !(result.error.cause instanceof DomainError)) return result;
  const cause = result.error.cause;
  throw new TRPCError({ code: errorMap[cause.code], message: cause.message, cause });
});

const authorise = t.middleware(async ({ ctx, path, next }) => {
  const actor = ctx.actor;
  if (!actor) throw new DomainError('unauthenticated', 'Sign in, or send a valid API key as `Authorization: Bearer <key>`.');
  if (ctx.retryAfterSeconds) throw tooManyCalls(ctx.retryAfterSeconds);
  const minimum = (permissions as Record<string, Role | undefined>)[path];
  if (!minimum) throw new DomainError('forbidden', `Nobody may call ${path}: it is missing in the permissions table.`);
  if (actor.kind !== 'system' && !roleAtLeast(actor.role, minimum)) {
    throw new DomainError('forbidden', `This needs the role ${minimum}; you have ${actor.role}. Ask an admin of the workspace.`, {
      minimum,
    });
  }
  return next({ ctx: { ...ctx, actor } });
});

const readInput = t.middleware(async ({ getRawInput, next }) => {
  checkStorableText(await getRawInput());
  return next();
});

/** A procedure inside a workspace: the caller's role is checked against the table; `ctx.actor` is there. */
export const workspaceProcedure = t.procedure.use(mapDomainErrors).use(authorise).use(readInput);

const authoriseOpen = t.middleware(async ({ ctx, path, next }) => {
  const need = (openProcedures as Record<string, OpenTo | undefined>)[path];
  if (!need) throw new DomainError('forbidden', `Nobody may call ${path}: it is missing in the table of open procedures.`);
  if (need === 'signedIn' && !ctx.user) throw new DomainError('unauthenticated', 'Sign in first.');
  return next({ ctx });
});

/** A procedure outside of any workspace, listed in `openProcedures`: for everyone, or for whoever is signed in. */
export const openProcedure = t.procedure.use(mapDomainErrors).use(authoriseOpen).use(readInput);

/** A procedure about the signed-in person: `ctx.user` is there. */
export const accountProcedure = openProcedure.use(async ({ ctx, next }) => {
  if (!ctx.user) throw new DomainError('unauthenticated', 'Sign in first.');
  return next({ ctx: { ...ctx, user: ctx.user } });
});

/** Input of every list: `cursor` as the previous answer gave it, `limit` 1 to 200 (50). */
export const pageInput = { cursor: z.string().max(500).nullish(), limit: z.number().int().min(1).max(200).default(50) };

/** Input of a procedure that needs none: `{}` or nothing, and anything else is refused. */
export const noInput = z.strictObject({}).optional();
