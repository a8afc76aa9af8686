import type { Tx } from '#db/client.ts';
import { type LockedEnrolment, lockEnrolments } from '#db/queries/enrolment-controls.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { listKeysOfEnrolments, listOpenEnrolmentIdsOfContacts } from '#db/queries/open-enrolments.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';

/** Ends enrolments that one contact cannot have together: a second one in a sequence under one key, or in an exclusivity group.
 *  The kept contact's go on; of the others', the one that began first. Answers how many ended, with `merged`. */
export async function endClashingEnrolmentsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  keepId: string,
  mergedIds: readonly string[],
  by: EventActor,
): Promise<number> {
  const ids = await listOpenEnrolmentIdsOfContacts(tx, workspaceId, [keepId, ...mergedIds]);
  const open = (await lockEnrolments(tx, workspaceId, ids)).filter((row) => row.status !== 'ended');
  const keys = await listKeysOfEnrolments(tx, workspaceId, ids);
  const rank = (row: LockedEnrolment): number => (row.contactId === keepId ? 0 : 1);
  const inOrder = open.toSorted((a, b) => rank(a) - rank(b) || a.startedAt.getTime() - b.startedAt.getTime() || (a.id < b.id ? -1 : 1));
  const places = new Set<string>();
  const groups = new Map<string, string>();
  const clashing: string[] = [];
  for (const row of inOrder) {
    const { definition } = await compiledVersion(tx, workspaceId, row.sequenceId, row.version);
    const place = `${row.sequenceId}\n${keys.get(row.id) ?? ''}`;
    const group = definition.exclusivityGroup;
    const inGroup = group === null ? undefined : groups.get(group);
    const isOther = inGroup !== undefined && inGroup !== row.sequenceId;
    if (row.contactId !== keepId && (places.has(place) || isOther)) {
      clashing.push(row.id);
      continue;
    }
    places.add(place);
    if (group !== null && inGroup === undefined) groups.set(group, row.sequenceId);
  }
  await endEnrolmentsIn(tx, workspaceId, clashing, 'merged', by);
  return clashing.length;
}
