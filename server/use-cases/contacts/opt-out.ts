/** A contact refuses a kind of channel, or takes it back. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listAccountIdsOfKind } from '#db/queries/channel-accounts.ts';
import { cancelQueuedToContact, deleteOptOut, insertOptOut } from '#db/queries/opt-outs.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { z } from 'zod';
import { type ChannelKind, channelKinds } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { openPlansOf } from '../engine/open-plans.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { heldContactId } from './held-contact-id.ts';

export const refusalSchema = z.strictObject({ id: z.uuid(), channelKind: z.enum(channelKinds) });

export interface Refusal {
  readonly contactId: string;
  readonly channelKind: ChannelKind;
}

/** The contact's enrolments that send through channels of that kind end with `optedOut`; it is not enrolled in a plan that has
 *  no other channel for it. Doing it again changes nothing. Answers the contact's id: the kept one's, of one that was merged. */
export function optOut(db: Db, actor: Actor, refusal: Refusal): Promise<string> {
  const by = { kind: actor.kind, id: actorId(actor) };
  const inOne = async (tx: Tx): Promise<string> => {
    const contactId = await heldContactId(tx, actor.workspaceId, refusal.contactId);
    const refused = { ...refusal, contactId };
    const isNew = await optOutIn(tx, actor.workspaceId, refused, actor.kind === 'apiKey' ? 'api' : 'member', by);
    if (isNew) await insertAuditEntry(tx, actor, 'contact.optedOut', { kind: 'contact', id: contactId }, refused);
    return contactId;
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

/** In the caller's transaction. Answers false when the contact had refused that channel before. */
export async function optOutIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  { contactId, channelKind }: Refusal,
  source: 'reply' | 'member' | 'api',
  by: EventActor,
): Promise<boolean> {
  const isNew = await insertOptOut(tx, workspaceId, contactId, { channelKind, source });
  await stopRefusedIn(tx, workspaceId, { contactId, channelKind }, by);
  return isNew;
}

/** Ends what a contact now refuses: its enrolments that send through channels of that kind, and what was about to be said there. */
export async function stopRefusedIn(tx: Tx, workspaceId: WorkspaceId, { contactId, channelKind }: Refusal, by: EventActor): Promise<void> {
  const accountIds = new Set(await listAccountIdsOfKind(tx, workspaceId, channelKind));
  const open = (await openPlansOf(tx, workspaceId, contactId)).filter((plan) => plan.accountIds.some((id) => accountIds.has(id)));
  await endEnrolmentsIn(
    tx,
    workspaceId,
    open.map((plan) => plan.id),
    'optedOut',
    by,
  );
  await cancelQueuedToContact(tx, workspaceId, contactId, channelKind);
}

/** The contact may be written to again. What ended stays ended. Answers the contact's id, as `optOut` does. */
export function optIn(db: Db, actor: Actor, refusal: Refusal): Promise<string> {
  const inOne = async (tx: Tx): Promise<string> => {
    const contactId = await heldContactId(tx, actor.workspaceId, refusal.contactId);
    const was = await deleteOptOut(tx, actor.workspaceId, contactId, refusal.channelKind);
    if (was) await insertAuditEntry(tx, actor, 'contact.optedIn', { kind: 'contact', id: contactId }, { ...refusal, contactId });
    return contactId;
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}
