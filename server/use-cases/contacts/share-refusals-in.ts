import type { Tx } from '#db/client.ts';
import { dateRefusal, listRefusalsOf } from '#db/queries/contact-merges.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { isChannelKind } from '#server/channels/registry.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { optOutIn } from './opt-out.ts';

/** What one of these contacts refused, all of them refuse: their enrolments that send through it end with `optedOut`. The kept
 *  contact's refusals keep the date of the oldest. Nobody's own earlier refusal ends anything again. */
export async function shareRefusalsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  keepId: string,
  mergedIds: readonly string[],
  by: EventActor,
): Promise<void> {
  const refusals = await listRefusalsOf(tx, workspaceId, [keepId, ...mergedIds]);
  for (const [channelKind, ofKind] of Map.groupBy(refusals, (refusal) => refusal.channelKind)) {
    const [oldest] = ofKind;
    if (!oldest || !isChannelKind(channelKind)) continue;
    const own = new Set(ofKind.map((refusal) => refusal.contactId));
    for (const contactId of [keepId, ...mergedIds]) {
      if (!own.has(contactId)) await optOutIn(tx, workspaceId, { contactId, channelKind }, oldest.source, by);
    }
    await dateRefusal(tx, workspaceId, keepId, oldest);
  }
}
