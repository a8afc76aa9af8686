/** Changes to many contacts: up to 1,000 at once, more by an operation that a worker applies in chunks. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { contactIdsMatching, countContacts } from '#db/queries/contact-search.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { deleteContactRows, listKnownContactIds, setContactFieldOf, setContactOwnerOf } from '#db/queries/contacts.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { listOpenEnrolmentsOfContacts } from '#db/queries/open-enrolments.ts';
import { findSequenceState } from '#db/queries/sequence-plans.ts';
import { deleteContactTags, ensureTags, insertContactTags } from '#db/queries/tags.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { type ContactTarget, directLimit, type Operation } from '#server/domain/operation.ts';
import type { FieldValue } from '#server/domain/contact/fields.ts';
import type { ContactCondition } from '#server/domain/contact/filter.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { startOperation } from '../operations/start-operation.ts';
import { removeEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { checkOwner, holdOwner } from './check-owner.ts';
import { fieldValue } from './contact-columns.ts';
import { settledTarget } from './filter-condition.ts';
import { namingKept } from './merged-away.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';

export type ContactChange = Extract<Operation, { kind: keyof typeof actions }>;

export interface ChangedContacts {
  readonly accepted: { readonly count: number };
  /** `mergedInto`: the contact that was kept, of one that was merged. */
  readonly refused: readonly { readonly contactId: string; readonly reason: 'notFound' | 'notEnrolled'; readonly mergedInto?: string }[];
}

/** Either what was done, or the operation to follow. */
export type ChangeContactsAnswer = ChangedContacts | { readonly operationId: string };

const actions = {
  tagContacts: 'contact.tagged',
  untagContacts: 'contact.untagged',
  setContactField: 'contact.fieldSet',
  setContactOwner: 'contact.ownerSet',
  removeFromSequence: 'contact.removedFromSequence',
  deleteContacts: 'contact.deleted',
} as const;

/** Gives many contacts the same value of a custom field; blank takes it from them. Throws `invalid` when the value does not fit. */
export async function setField(
  db: Db,
  actor: Actor,
  { target, key, value }: { target: ContactTarget; key: string; value: FieldValue | null },
): Promise<ChangeContactsAnswer> {
  const kept = fieldValue(key, value, await listContactFields(db, actor.workspaceId));
  return changeContacts(db, actor, { kind: 'setContactField', target, key, value: kept });
}

/** Makes a member the owner of many contacts, or nobody. Throws `invalid` for who is no member. */
export async function setOwner(
  db: Db,
  actor: Actor,
  { target, ownerId }: { target: ContactTarget; ownerId: string | null },
): Promise<ChangeContactsAnswer> {
  await checkOwner(db, actor.workspaceId, ownerId);
  return changeContacts(db, actor, { kind: 'setContactOwner', target, ownerId });
}

/** Ends what many contacts have under way in a sequence, or in every one. Of a filter, only those are meant who are in it; given ids
 *  that are not are refused. Throws `notFound` for the sequence. */
export async function removeFromSequence(
  db: Db,
  actor: Actor,
  { target, sequenceId }: { target: ContactTarget; sequenceId?: string | undefined },
): Promise<ChangeContactsAnswer> {
  if (sequenceId !== undefined && !(await findSequenceState(db, actor.workspaceId, sequenceId))) throw notFound('sequence', sequenceId);
  const isIn: ContactCondition = { on: 'inSequence', op: 'is', ...(sequenceId !== undefined && { sequenceIds: [sequenceId] }) };
  return changeContacts(db, actor, { kind: 'removeFromSequence', target: narrowed(target, isIn), sequenceId });
}

/** Ids that are not contacts of this workspace are refused one by one. A deleted contact takes its enrolments, messages and
 *  conversations along; what is under way to a provider may still arrive. */
export async function changeContacts(db: Db, actor: Actor, change: ContactChange): Promise<ChangeContactsAnswer> {
  const { workspaceId } = actor;
  const details = auditDetails(change);
  const inOne = async (tx: Tx): Promise<ChangeContactsAnswer> => {
    const target = await settledTarget(tx, workspaceId, change.target);
    const total =
      'contactIds' in target ? new Set(target.contactIds).size : await countContacts(tx, workspaceId, conditionOf(target.filter));
    if (total > directLimit) {
      const operationId = await startOperation(tx, actor, { ...change, target }, total);
      await insertAuditEntry(tx, actor, actions[change.kind], { kind: 'contact', id: null }, { ...details, operationId, total });
      return { operationId };
    }
    const ids = await targetIds(tx, workspaceId, target);
    const answer = await changeContactsIn(tx, workspaceId, ids, change, { kind: actor.kind, id: actorId(actor) });
    const single = answer.accepted.count === 1 && ids.length === 1 ? (ids[0] ?? null) : null;
    if (answer.accepted.count > 0) {
      await insertAuditEntry(
        tx,
        actor,
        actions[change.kind],
        { kind: 'contact', id: single },
        { ...details, count: answer.accepted.count },
      );
    }
    await armTriggers(tx, workspaceId);
    return answer;
  };
  return retryOnConflict(() => db.transaction().execute(inOne));
}

/** The same for the contacts `ids`, inside the caller's transaction. `by`: whom the ledger names. */
export async function changeContactsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  change: ContactChange,
  by: EventActor,
): Promise<ChangedContacts> {
  const known = new Set(await listKnownContactIds(tx, workspaceId, ids));
  const changed = await applyTo(tx, workspaceId, [...known], change, by);
  const refused = ids
    .filter((id) => !changed.has(id))
    .map((contactId) => ({ contactId, reason: known.has(contactId) ? ('notEnrolled' as const) : ('notFound' as const) }));
  return { accepted: { count: changed.size }, refused: await namingKept(tx, workspaceId, refused) };
}

/** Answers whom it was done to. */
async function applyTo(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  change: ContactChange,
  by: EventActor,
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  switch (change.kind) {
    case 'tagContacts': {
      const tags = await ensureTags(tx, workspaceId, change.tags);
      await insertContactTags(tx, workspaceId, ids, [...tags.values()]);
      break;
    }
    case 'untagContacts':
      await deleteContactTags(tx, workspaceId, ids, change.tags);
      break;
    case 'setContactField':
      await setContactFieldOf(tx, workspaceId, ids, change.key, change.value);
      break;
    case 'setContactOwner':
      await holdOwner(tx, workspaceId, change.ownerId);
      await setContactOwnerOf(tx, workspaceId, ids, change.ownerId);
      break;
    case 'removeFromSequence':
      return removeIn(tx, workspaceId, ids, change.sequenceId ?? null, by);
    case 'deleteContacts':
      await deleteContactRows(tx, workspaceId, ids);
      break;
  }
  return new Set(ids);
}

/** Answers who was in it. */
async function removeIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  sequenceId: string | null,
  by: EventActor,
): Promise<ReadonlySet<string>> {
  const open = await listOpenEnrolmentsOfContacts(tx, workspaceId, ids, sequenceId);
  const { accepted } = await removeEnrolmentsIn(
    tx,
    workspaceId,
    open.map(({ id }) => id),
    by,
  );
  const ended = new Set(accepted);
  return new Set(open.flatMap(({ id, contactId }) => (ended.has(id) ? [contactId] : [])));
}

/** What was done, without the value that a field was given: it may name a person. */
function auditDetails(change: ContactChange): Record<string, unknown> {
  switch (change.kind) {
    case 'tagContacts':
    case 'untagContacts':
      return { tags: change.tags };
    case 'setContactField':
      return { key: change.key };
    case 'setContactOwner':
      return { ownerId: change.ownerId };
    case 'removeFromSequence':
      return change.sequenceId === undefined ? {} : { sequenceId: change.sequenceId };
    case 'deleteContacts':
      return {};
  }
}

function narrowed(target: ContactTarget, to: ContactCondition): ContactTarget {
  if ('contactIds' in target) return target;
  const condition = conditionOf(target.filter);
  return { filter: { where: condition ? { on: 'all', of: [condition, to] } : to } };
}

async function targetIds(tx: Tx, workspaceId: WorkspaceId, target: ContactTarget): Promise<string[]> {
  if ('contactIds' in target) return [...new Set(target.contactIds)];
  const rows = await contactIdsMatching(tx, workspaceId, conditionOf(target.filter)).execute();
  return rows.map((row) => row.id);
}
