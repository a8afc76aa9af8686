/** The enrolments of one contact that have not ended, with the plans that they are in. */
import type { Tx } from '#db/client.ts';
import { listOpenEnrolments, type OpenEnrolmentRow } from '#db/queries/open-enrolments.ts';
import type { CompiledDefinition } from '#server/domain/definition/compile.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from './compiled-version.ts';
import { accountsOf } from './reach.ts';

export interface OpenPlan extends OpenEnrolmentRow {
  readonly compiled: CompiledDefinition;
  /** The channel accounts that the plan sends through. */
  readonly accountIds: readonly string[];
}

export async function openPlansOf(tx: Tx, workspaceId: WorkspaceId, contactId: string): Promise<OpenPlan[]> {
  const open: OpenPlan[] = [];
  for (const row of await listOpenEnrolments(tx, workspaceId, contactId)) {
    const compiled = await compiledVersion(tx, workspaceId, row.sequenceId, row.version);
    open.push({ ...row, compiled, accountIds: accountsOf(compiled) });
  }
  return open;
}
