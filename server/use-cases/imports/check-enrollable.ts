import type { Tx } from '#db/client.ts';
import { shareSequence } from '#db/queries/sequence-plans.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { enrollableVersion } from '../enrolments/enrol-contacts-in.ts';

/** Throws `notFound` for a sequence of elsewhere, `conflict` for one that takes nobody in. */
export async function checkEnrollable(tx: Tx, workspaceId: WorkspaceId, sequenceId: string): Promise<void> {
  const sequence = await shareSequence(tx, workspaceId, sequenceId);
  if (!sequence) throw notFound('sequence', sequenceId);
  enrollableVersion(sequence);
}
