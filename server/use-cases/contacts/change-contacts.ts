/** Changes to many contacts: up to 1,000 at once, more by an operation that a worker applies in chunks. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { contactIdsMatching, countContacts } from '#db/queries/contact-search.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { deleteContactRows, listKnownContactIds, setContactFieldOf } from '#db/queries/contacts.ts';
import { deleteContactTags, ensureTags, insertContactTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type ContactTarget, directLimit, type Operation } from '#server/domain/operation.ts';
import type { FieldValue } from '#server/domain/contact/fields.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { startOperation } from '../operations/start-operation.ts';
import { fieldValue } from './contact-columns.ts';
import { settledTarget } from './filter-condition.ts';
import { namingKept } from './merged-away.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';

export type ContactChange = Extract<Operation, { kind: 'tagContacts' | 'untagContacts' | 'setContactField' | 'deleteContacts' }>;

export interface ChangedContacts {
  readonly accepted: { readonly count: number };
  /** `mergedInto`: the contact that was kept, of one that was merged. */
  readonly refused: readonly { readonly contactId: string; readonly reason: 'notFound'; readonly mergedInto?: string }[];
}

/** Either what was done, or the operation to follow. */
export type ChangeContactsAnswer = ChangedContacts | { readonly operationId: string };

const actions = {
  tagContacts: 'contact.tagged',
  untagContacts: 'contact.untagged',
  setContactField: 'contact.fieldSet',
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

/** Ids that are not contacts of this workspace are refused one by one. A deleted contact takes its enrolments, messages and
 *  conversations along; what is under way to a provider may still arrive. */
export async function changeContacts(db: Db, actor: Actor, change: ContactChange): Promise<ChangeContactsAnswer> {
  const { workspaceId } = actor;
  const details = 'tags' in change ? { tags: change.tags } : 'key' in change ? { key: change.key } : {};
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
    const answer = await changeContactsIn(tx, workspaceId, ids, change);
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

/** The same for the contacts `ids`, inside the caller's transaction. */
export async function changeContactsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  ids: readonly string[],
  change: ContactChange,
): Promise<ChangedContacts> {
  const known = await listKnownContactIds(tx, workspaceId, ids);
  await applyTo(tx, workspaceId, known, change);
  const found = new Set(known);
  const refused = ids.filter((id) => !found.has(id)).map((contactId) => ({ contactId, reason: 'notFound' as const }));
  return { accepted: { count: known.length }, refused: await namingKept(tx, workspaceId, refused) };
}

async function applyTo(tx: Tx, workspaceId: WorkspaceId, ids: readonly string[], change: ContactChange): Promise<void> {
  if (ids.length === 0) return;
  switch (change.kind) {
    case 'tagContacts': {
      const tags = await ensureTags(tx, workspaceId, change.tags);
      return insertContactTags(tx, workspaceId, ids, [...tags.values()]);
    }
    case 'untagContacts':
      return deleteContactTags(tx, workspaceId, ids, change.tags);
    case 'setContactField':
      return setContactFieldOf(tx, workspaceId, ids, change.key, change.value);
    case 'deleteContacts':
      await deleteContactRows(tx, workspaceId, ids);
  }
}

async function targetIds(tx: Tx, workspaceId: WorkspaceId, target: ContactTarget): Promise<string[]> {
  if ('contactIds' in target) return [...new Set(target.contactIds)];
  const rows = await contactIdsMatching(tx, workspaceId, conditionOf(target.filter)).execute();
  return rows.map((row) => row.id);
}
