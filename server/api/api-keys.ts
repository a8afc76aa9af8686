/** API keys of the workspace. */
import { z } from 'zod';
import { listApiKeys } from '#db/queries/api-keys.ts';
import { idSchema } from '#server/platform/ids.ts';
import { createApiKey, keyRoles } from '#server/use-cases/api-keys/create-api-key.ts';
import { revokeApiKey } from '#server/use-cases/api-keys/revoke-api-key.ts';
import { idPage } from './id-page.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

export const apiKeysRouter = router({
  list: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(({ ctx: { db, actor }, input }) =>
    idPage(input, async ({ after, limit }) => {
      const rows = await listApiKeys(db, actor.workspaceId, { before: after, limit });
      return rows.map((row) => ({
        ...row,
        createdAt: row.createdAt.toISOString(),
        lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
        revokedAt: row.revokedAt?.toISOString() ?? null,
      }));
    }),
  ),

  /** Answers the key itself; it is shown this once. */
  create: workspaceProcedure
    .input(z.strictObject({ name: z.string().trim().min(1).max(80), role: z.enum(keyRoles) }))
    .mutation(({ ctx: { db, actor }, input }) => createApiKey(db, actor, input)),

  revoke: workspaceProcedure.input(z.strictObject({ id: idSchema })).mutation(async ({ ctx: { db, actor }, input }) => {
    await revokeApiKey(db, actor, input);
    return {};
  }),
});
