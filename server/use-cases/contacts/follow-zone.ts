/** Enrolments go by the zone of their contacts: after that changed, what they wait for is planned anew. */
import type { Tx } from '#db/client.ts';
import { listOpenEnrolmentIdsOfContacts } from '#db/queries/open-enrolments.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { replanEnrolmentsIn } from '../engine/replan-enrolments-in.ts';

/** Sets alarms: call it after everything else but the audit. */
export async function followZone(tx: Tx, actor: Actor, contactIds: readonly string[]): Promise<void> {
  const ids = await listOpenEnrolmentIdsOfContacts(tx, actor.workspaceId, contactIds);
  await replanEnrolmentsIn(tx, actor.workspaceId, ids, 'zoneChanged', { kind: actor.kind, id: actorId(actor) });
}
