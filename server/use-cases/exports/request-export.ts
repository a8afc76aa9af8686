/** Asks for a file. What is in it is read when it is fetched; that it was asked for, and by whom, stays in the audit log. */
import type { Db } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { insertExport } from '#db/queries/exports.ts';
import { findSequenceState } from '#db/queries/sequence-plans.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Export } from '#server/domain/export.ts';
import { notFound } from '#server/platform/errors.ts';
import { settledTarget } from '../contacts/filter-condition.ts';

export interface RequestedExport {
  readonly exportId: string;
  /** Under the address of the installation, for a day, with the same credentials. */
  readonly url: string;
}

/** Throws `notFound` when it is about a sequence of elsewhere. */
export async function requestExport(db: Db, actor: Actor, what: Export): Promise<RequestedExport> {
  return db.transaction().execute(async (tx) => {
    const sequenceId = sequenceOf(what);
    if (sequenceId && !(await findSequenceState(tx, actor.workspaceId, sequenceId))) throw notFound('sequence', sequenceId);
    const settled = what.kind === 'contacts' ? { ...what, target: await settledTarget(tx, actor.workspaceId, what.target) } : what;
    const exportId = await insertExport(tx, actor, settled);
    await insertAuditEntry(tx, actor, `${what.kind}.exported`, { kind: 'export', id: exportId }, detailsOf(what));
    return { exportId, url: `/api/exports/${exportId}/file.csv` };
  });
}

function sequenceOf(what: Export): string | null {
  if (what.kind === 'results') return what.sequenceId;
  return what.kind === 'enrolments' && 'filter' in what.target ? (what.target.filter.sequenceId ?? null) : null;
}

/** How many were chosen, or which filters: never what was searched for, which may name a person. */
function detailsOf(what: Export): Record<string, unknown> {
  const sequenceId = sequenceOf(what);
  const of = { format: what.format, ...(sequenceId && { sequenceId }) };
  if (what.kind === 'results') return of;
  if ('filter' in what.target) return { ...of, filteredBy: Object.keys(what.target.filter) };
  return { ...of, chosen: 'contactIds' in what.target ? what.target.contactIds.length : what.target.ids.length };
}
