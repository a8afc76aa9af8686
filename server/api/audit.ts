/** Who changed what, newest first. */
import { z } from 'zod';
import { listAuditEntries } from '#db/queries/audit.ts';
import { idPage } from './id-page.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

export const auditRouter = router({
  list: workspaceProcedure.input(z.strictObject(pageInput).optional()).query(({ ctx: { db, actor }, input }) =>
    idPage(input, async ({ after, limit }) => {
      const rows = await listAuditEntries(db, actor.workspaceId, { before: after, limit });
      return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
    }),
  ),
});
