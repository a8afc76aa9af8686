/** Records what a contact agreed to on a kind of channel, or took back. */
import { z } from 'zod';
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { deleteConsent, upsertConsent } from '#db/queries/consents.ts';
import { deleteOptOut, listOptOuts } from '#db/queries/opt-outs.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { channelKinds } from '#server/channels/channel.ts';
import { consentStatuses } from '#server/domain/contact/consent.ts';
import { instantSchema } from '#server/domain/time/schema.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { heldContactId } from './held-contact-id.ts';
import { optOutIn } from './opt-out.ts';

const of = { id: z.uuid(), channelKind: z.enum(channelKinds) };
export const consentSchema = z.union([
  z.strictObject({
    ...of,
    status: z.enum(consentStatuses),
    /** Where it is written down: a form, a contract, a call. */
    source: z.string().trim().min(1).max(200),
    /** Since when it holds; now when missing, never in the future. */
    at: instantSchema.optional(),
  }),
  z.strictObject({ ...of, status: z.literal('unknown') }),
]);
export type ConsentInput = z.infer<typeof consentSchema>;

/** Answers the contact's id: the kept one's, of one that was merged. `withdrawn` stops sending as an opt-out does; `given` ends an
 *  opt-out that is older; `unknown` takes the record away and leaves an opt-out alone. Throws `notFound`, `invalid` for a date in the
 *  future, `conflict` for a consent that is older than the contact's opt-out. */
export function setConsent(db: Db, actor: Actor, input: ConsentInput): Promise<string> {
  return retryOnConflict(() => db.transaction().execute((tx) => setConsentIn(tx, actor, input)));
}

async function setConsentIn(tx: Tx, actor: Actor, input: ConsentInput): Promise<string> {
  const { workspaceId } = actor;
  const { channelKind, status } = input;
  const contactId = await heldContactId(tx, workspaceId, input.id);
  const subject = { kind: 'contact', id: contactId };
  if (status === 'unknown') {
    const was = await deleteConsent(tx, workspaceId, contactId, channelKind);
    if (was) await insertAuditEntry(tx, actor, 'contact.consentCleared', subject, { channelKind });
    return contactId;
  }
  const present = await now(tx);
  const at = input.at === undefined ? present : new Date(input.at);
  if (at > present) throw new DomainError('invalid', 'A consent cannot begin in the future.', { field: 'at' });
  if (status === 'given') {
    const optOut = (await listOptOuts(tx, workspaceId, contactId)).find((known) => known.channelKind === channelKind);
    if (optOut && optOut.at > at) {
      throw new DomainError('conflict', 'The contact opted out after that. Record a consent that is newer than the opt-out.', {
        optedOutAt: optOut.at.toISOString(),
      });
    }
    await deleteOptOut(tx, workspaceId, contactId, channelKind);
  } else {
    const by = { kind: actor.kind, id: actorId(actor) };
    await optOutIn(tx, workspaceId, { contactId, channelKind }, actor.kind === 'apiKey' ? 'api' : 'member', by);
  }
  await upsertConsent(tx, workspaceId, contactId, { channelKind, status, source: input.source, at });
  const details = { channelKind, status, source: input.source, at: at.toISOString() };
  await insertAuditEntry(tx, actor, 'contact.consentSet', subject, details);
  return contactId;
}
