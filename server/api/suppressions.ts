/** The suppression list. Of an address there is only a keyed hash: it can be asked for, never shown. */
import { z } from 'zod';
import { getContactDefaults } from '#db/queries/contacts.ts';
import { listSuppressions } from '#db/queries/suppressions.ts';
import { readSuppressible, suppressionReasons } from '#server/domain/suppression.ts';
import { addressHash } from '#server/platform/address-hash.ts';
import { DomainError } from '#server/platform/errors.ts';
import { addSuppressions, removeSuppressions } from '#server/use-cases/suppressions/change-suppressions.ts';
import { importSuppressions } from '#server/use-cases/suppressions/import-suppressions.ts';
import { idPage } from './id-page.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const address = z.string().trim().min(1).max(320);
const addresses = z.array(address).min(1).max(1_000);

export const suppressionsRouter = router({
  /** Newest first; with `address`, only that one. */
  list: workspaceProcedure
    .input(z.strictObject({ address: address.optional(), ...pageInput }).optional())
    .query(async ({ ctx: { db, actor }, input }) => {
      const { address: asked, ...page } = input ?? {};
      const { country } = await getContactDefaults(db, actor.workspaceId);
      const meant = asked === undefined ? null : readSuppressible(asked, country);
      if (asked !== undefined && meant === null) {
        throw new DomainError('invalid', 'This is neither a phone nor an e-mail address.', { field: 'address' });
      }
      const hash = meant && addressHash(actor.workspaceId, meant);
      return idPage(page, async ({ after, limit }) => {
        const rows = await listSuppressions(db, actor.workspaceId, { hash, before: after, limit });
        return rows.map((row) => ({ ...row, addedAt: row.addedAt.toISOString() }));
      });
    }),

  add: workspaceProcedure
    .input(z.strictObject({ addresses, reason: z.enum(suppressionReasons).default('manual') }))
    .mutation(({ ctx: { db, actor }, input }) => addSuppressions(db, actor, input)),

  remove: workspaceProcedure
    .input(z.union([z.strictObject({ addresses }), z.strictObject({ ids: z.array(z.uuid()).min(1).max(1_000) })]))
    .mutation(({ ctx: { db, actor }, input }) => removeSuppressions(db, actor, input)),

  /** Every phone and e-mail address of a file sent to `POST /api/uploads/contacts`. */
  import: workspaceProcedure
    .input(z.strictObject({ uploadId: z.uuid() }))
    .mutation(({ ctx: { db, actor }, input }) => importSuppressions(db, actor, input)),
});
