/** Makes one contact of several. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import {
  countBelongings,
  insertContactMerges,
  listKeptIds,
  lockContactsToMerge,
  lockMessagesUnderWay,
  type MovedRows,
  moveWhatHangsOn,
} from '#db/queries/contact-merges.ts';
import { deleteContactRows, updateContactColumns } from '#db/queries/contacts.ts';
import { mergeDuplicateKnowledge } from '#db/queries/duplicates.ts';
import { keepMergedAddresses, releaseMergedAddresses } from '#db/queries/merged-addresses.ts';
import { lockEnrolments } from '#db/queries/enrolment-controls.ts';
import { listOpenEnrolmentIdsOfContacts } from '#db/queries/open-enrolments.ts';
import { type Alarm, setAlarms } from '#jobs/queues/alarms.ts';
import { setCause } from '#db/queries/trigger-occasions.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import {
  addressesOf,
  isValueName,
  lostAddresses,
  type MergeableContact,
  type MergeContactsInput,
  type MergedValues,
  mergedValues,
} from '#server/domain/contact/merged-values.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { advanceAfterBots } from '../engine/advance-after-bot.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { followZone } from './follow-zone.ts';
import { goneContact } from './merged-away.ts';
import { mergeConversationsIn } from './merge-conversations-in.ts';
import { endClashingEnrolmentsIn } from './end-clashing-enrolments-in.ts';
import { shareRefusalsIn } from './share-refusals-in.ts';

export interface MergedContacts {
  readonly id: string;
  /** Contacts that are gone now. */
  readonly merged: number;
  /** Enrolments that are the kept contact's now; of these, how many ended because it was in the same place already. */
  readonly enrolments: number;
  readonly ended: number;
  readonly conversations: number;
  readonly messages: number;
}

/** Everything of `mergeIds` becomes `keepId`'s, and they are deleted; a refusal of any of them is a refusal of the one that
 *  stays. Doing it again changes nothing. Throws `notFound`, `invalid` for a choice that names somebody else, `conflict` when
 *  `keepId` was merged into another one meanwhile. */
export async function mergeContacts(db: Db, actor: Actor, input: MergeContactsInput): Promise<MergedContacts> {
  checkChoices(input);
  return await retryOnConflict(() => db.transaction().execute((tx) => mergeIn(tx, actor, input)));
}

/** Locks in the order of everyone else: contacts, conversations, sessions, messages under way, enrolments. */
async function mergeIn(tx: Tx, actor: Actor, { keepId, mergeIds, fields = {} }: MergeContactsInput): Promise<MergedContacts> {
  const { workspaceId } = actor;
  const by = { kind: actor.kind, id: actorId(actor) };
  const contacts = await lockAll(tx, workspaceId, keepId, [...new Set(mergeIds)]);
  const merged = contacts.slice(1);
  const mergedIds = merged.map((contact) => contact.id);
  if (mergedIds.length === 0) return { id: keepId, merged: 0, enrolments: 0, ended: 0, conversations: 0, messages: 0 };
  const values = valuesOf(contacts, fields);
  await setCause(tx, 'none');
  const had = await countBelongings(tx, workspaceId, mergedIds);

  const talks = await mergeConversationsIn(tx, workspaceId, keepId, mergedIds);
  await lockMessagesUnderWay(tx, workspaceId, mergedIds);
  await lockEnrolments(tx, workspaceId, await listOpenEnrolmentIdsOfContacts(tx, workspaceId, [keepId, ...mergedIds]));
  await shareRefusalsIn(tx, workspaceId, keepId, mergedIds, by);
  const ended = await endClashingEnrolmentsIn(tx, workspaceId, keepId, mergedIds, by);
  const moved = await moveWhatHangsOn(tx, workspaceId, keepId, mergedIds);
  await mergeDuplicateKnowledge(tx, workspaceId, keepId, mergedIds);
  await insertContactMerges(
    tx,
    actor,
    keepId,
    merged.map((contact) => ({ ...contact, ...(had.get(contact.id) ?? nothing) })),
  );
  await keepMergedAddresses(tx, workspaceId, { keepId, mergedIds, lost: lostAddresses(contacts, values) });
  await releaseMergedAddresses(tx, workspaceId, addressesOf(values));
  await deleteContactRows(tx, workspaceId, mergedIds);
  await updateContactColumns(tx, workspaceId, keepId, values);

  await advanceAfterBots(tx, talks.botEnds);
  await followZone(tx, actor, [keepId]);
  const counts = { enrolments: moved.enrolments, ended, conversations: talks.conversations, messages: moved.messages };
  await insertAuditEntry(tx, actor, 'contact.merged', { kind: 'contact', id: keepId }, { mergedIds, chosen: fields, ...counts });
  await setAlarms(tx, alarmsOf(workspaceId, moved));
  return { id: keepId, merged: mergedIds.length, ...counts };
}

const nothing = { enrolments: 0, conversations: 0 };

/** The kept contact first, then those that are still to be merged into it. */
async function lockAll(tx: Tx, workspaceId: WorkspaceId, keepId: string, mergeIds: readonly string[]): Promise<MergeableContact[]> {
  const locked = new Map((await lockContactsToMerge(tx, workspaceId, [keepId, ...mergeIds])).map((contact) => [contact.id, contact]));
  const gone = await listKeptIds(
    tx,
    workspaceId,
    mergeIds.filter((id) => !locked.has(id)),
  );
  const kept = locked.get(keepId);
  if (!kept) throw await goneContact(tx, workspaceId, keepId);
  const others = mergeIds.flatMap((id): MergeableContact[] => {
    const contact = locked.get(id);
    if (!contact && gone.get(id) !== keepId) throw notFound('contact', id);
    return contact ? [contact] : [];
  });
  return [kept, ...others];
}

function checkChoices({ keepId, mergeIds, fields = {} }: MergeContactsInput): void {
  if (mergeIds.includes(keepId)) {
    throw new DomainError('invalid', 'A contact cannot be merged into itself. Leave `keepId` out of `mergeIds`.', { field: 'mergeIds' });
  }
  for (const [name, id] of Object.entries(fields)) {
    if (!isValueName(name)) {
      throw new DomainError(
        'invalid',
        `There is no value "${name}" to choose. Take name, phone, email, externalId, locale, timeZone, notes, ownerId, or \`fields.\` with the key of a contact field.`,
        { field: 'fields', name },
      );
    }
    if (id !== keepId && !mergeIds.includes(id)) {
      throw new DomainError('invalid', `The value "${name}" must come from one of the contacts that are merged.`, {
        field: 'fields',
        name,
      });
    }
  }
}

function valuesOf(contacts: readonly MergeableContact[], chosen: Readonly<Record<string, string>>): MergedValues {
  const values = mergedValues(contacts, chosen);
  if (values.name !== null || values.phone !== null || values.email !== null) return values;
  throw new DomainError('invalid', 'A contact needs a name, a phone or an e-mail address. Choose one that has a value.', {
    field: 'fields',
    problem: 'contactEmpty',
  });
}

function alarmsOf(workspaceId: WorkspaceId, { alarms }: MovedRows): Alarm[] {
  return alarms.flatMap(({ sequenceId, channelAccountId, at }): Alarm[] => {
    if (sequenceId !== null) return [{ queue: 'sequence.advance', workspaceId, sequenceId, at }];
    return channelAccountId === null ? [] : [{ queue: 'account.deliver', workspaceId, channelAccountId, at }];
  });
}
