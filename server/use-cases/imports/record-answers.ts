/** Refusals and consents that the rows of an import tell of. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntries, type NewAuditEntry } from '#db/queries/audit.ts';
import { type ContactConsent, listConsentsOf, upsertConsents } from '#db/queries/consents.ts';
import { type ContactRefusal, insertOptOuts, listOptOutsOf } from '#db/queries/opt-outs.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { type ChannelKind, channelKinds } from '#server/channels/channel.ts';
import type { ChunkPlan } from '#server/domain/contact-csv/plan-chunk.ts';
import type { KnownContact } from '#server/domain/contact-csv/planned-contact.ts';
import type { RowContact } from '#server/domain/contact-csv/row-contact.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { stopRefusedIn } from '../contacts/opt-out.ts';

/** `known` with what is recorded of them, where one of `rows` says anything of that. */
export async function withAnswers(
  db: Db,
  workspaceId: WorkspaceId,
  rows: readonly Pick<RowContact, 'optOuts' | 'consents'>[],
  known: readonly KnownContact[],
): Promise<readonly KnownContact[]> {
  if (!rows.some(({ optOuts, consents }) => optOuts.length + consents.length > 0)) return known;
  const ids = known.map(({ id }) => id);
  const optOuts = Map.groupBy(await listOptOutsOf(db, workspaceId, ids), ({ contactId }) => contactId);
  const consents = Map.groupBy(await listConsentsOf(db, workspaceId, ids), ({ contactId }) => contactId);
  return known.map((contact) => ({
    ...contact,
    optOuts: optOuts.get(contact.id)?.map(({ channelKind }) => channelKind) ?? [],
    consents: consents.get(contact.id) ?? [],
  }));
}

/** Writes down what is new, here and in the audit log, and ends what the contacts refuse by it. */
export async function recordAnswers(tx: Tx, actor: Actor, importId: string, plan: Pick<ChunkPlan, 'answering' | 'made'>): Promise<void> {
  const { workspaceId } = actor;
  const refusals: ContactRefusal[] = [];
  const consents: ContactConsent[] = [];
  for (const { id, newOptOuts, newConsents } of plan.answering) {
    if (id === null) continue;
    for (const kind of newOptOuts) refusals.push({ contactId: id, channelKind: knownKind(kind) });
    for (const consent of newConsents) consents.push({ ...consent, contactId: id, channelKind: knownKind(consent.channelKind) });
  }
  const fresh = await insertOptOuts(tx, workspaceId, refusals, actor.kind === 'apiKey' ? 'api' : 'member');
  await upsertConsents(tx, workspaceId, consents);
  await insertAuditEntries(tx, actor, [
    ...fresh.map((refusal) => entryOf('contact.optedOut', refusal, { importId })),
    ...consents.map(({ status, source, at, ...consent }) =>
      entryOf('contact.consentSet', consent, { status, source, at: at.toISOString(), importId }),
    ),
  ]);
  const made = new Set(plan.made.map(({ id }) => id));
  for (const refusal of fresh) {
    if (!made.has(refusal.contactId)) await stopRefusedIn(tx, workspaceId, refusal, { kind: actor.kind, id: actorId(actor) });
  }
}

function entryOf(action: string, { contactId, channelKind }: ContactRefusal, details: Readonly<Record<string, unknown>>): NewAuditEntry {
  return { action, subject: { kind: 'contact', id: contactId }, details: { channelKind, ...details } };
}

function knownKind(kind: string): ChannelKind {
  const known = channelKinds.find((channelKind) => channelKind === kind);
  if (!known) throw new Error(`There is no kind of channel "${kind}".`);
  return known;
}
