/** Makes up to 1,000 contacts in one transaction, in sets: what can be made is made, and every other row gets its reason. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getContactDefaults, insertContacts } from '#db/queries/contacts.ts';
import { insertContactTagPairs, listContactsByAddress } from '#db/queries/import-chunks.ts';
import { listLeadingAddresses } from '#db/queries/merged-addresses.ts';
import { listMembersAmong } from '#db/queries/members.ts';
import { ensureTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import { addressesByKind, type AddressKind } from '#server/domain/contact/addresses.ts';
import type { ContactColumns } from '#server/domain/contact/columns.ts';
import type { PhoneNotice } from '#server/domain/address/phone.ts';
import type { ContactProblem, ContactRefusal } from '#server/domain/contact/refusals.ts';
import { addressesOf } from '#server/domain/contact/merged-values.ts';
import type { CreateContactsInput } from '#server/domain/contact/schema.ts';
import { DomainError } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { BeginAgain, retryOnConflict } from '../engine/retry-on-conflict.ts';
import { answerOnce } from '../enrolments/answer-once.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';
import { ownerUnknown } from './check-owner.ts';
import { contactColumns } from './contact-columns.ts';

export interface CreateContactsAnswer {
  /** `row`: place in the request, from 0. */
  readonly accepted: readonly { readonly row: number; readonly contactId: string; readonly notice: PhoneNotice | null }[];
  readonly refused: readonly RefusedContact[];
}

export interface RefusedContact {
  readonly row: number;
  readonly reason: ContactRefusal;
  /** Which field is wrong, or which address is taken. */
  readonly field: string;
  /** Who has the address. */
  readonly contactId?: string;
}

/** A row whose address another contact has, or had before a merge, is refused with that contact's id, and so is the second of two rows
 *  with one address. */
export async function createContacts(db: Db, actor: Actor, input: CreateContactsInput): Promise<CreateContactsAnswer> {
  const once = (tx: Tx): Promise<CreateContactsAnswer> =>
    answerOnce(tx, actor.workspaceId, 'contacts.createMany', input, () => create(tx, actor, input));
  return retryOnConflict(() => db.transaction().execute(once));
}

interface ReadContact {
  readonly row: number;
  readonly columns: Readonly<ContactColumns>;
  readonly notice: PhoneNotice | null;
  readonly tags: readonly string[];
}

async function create(tx: Tx, actor: Actor, input: CreateContactsInput): Promise<CreateContactsAnswer> {
  const { workspaceId } = actor;
  const { read, refused } = await readRows(tx, workspaceId, input);
  const taken = await holders(tx, workspaceId, read);
  const free = read.filter((contact) => {
    const refusal = takenBy(contact, taken);
    if (refusal) refused.push(refusal);
    return !refusal;
  });
  const single = withoutDuplicates(free, refused);
  const ids = await insertContacts(
    tx,
    workspaceId,
    single.map(({ columns }) => columns),
  );
  const made = single.flatMap((contact, index) => {
    const contactId = ids[index];
    return contactId ? [{ ...contact, contactId }] : [];
  });
  // A merge that ended since they were looked up has set one of these addresses free, and it leads on.
  const leading = await listLeadingAddresses(tx, workspaceId, addressesByKind(made.map(({ columns }) => columns)));
  if (leading.length > 0) throw new BeginAgain();
  // Somebody else took these addresses since they were looked up.
  const late = single.filter((_, index) => !ids[index]);
  const since = await holders(tx, workspaceId, late);
  for (const contact of late) refused.push(takenBy(contact, since) ?? { row: contact.row, reason: 'alreadyExists', field: 'phone' });

  await tagMade(tx, workspaceId, made);
  if (made.length > 0) await insertAuditEntry(tx, actor, 'contacts.created', { kind: 'contact', id: null }, { count: made.length });
  await armTriggers(tx, workspaceId);
  return {
    accepted: made.map(({ row, contactId, notice }) => ({ row, contactId, notice })),
    refused: refused.toSorted((a, b) => a.row - b.row),
  };
}

async function readRows(
  tx: Tx,
  workspaceId: WorkspaceId,
  input: CreateContactsInput,
): Promise<{ read: ReadContact[]; refused: RefusedContact[] }> {
  const facts = { defaults: await getContactDefaults(tx, workspaceId), fields: await listContactFields(tx, workspaceId) };
  const read: ReadContact[] = [];
  const refused: RefusedContact[] = [];
  const owners = await listMembersAmong(
    tx,
    workspaceId,
    input.contacts.flatMap(({ ownerId }) => ownerId ?? []),
  );
  for (const [row, { tags = [], ...values }] of input.contacts.entries()) {
    try {
      if (values.ownerId && !owners.has(values.ownerId)) throw ownerUnknown();
      read.push({ row, tags, ...contactColumns(values, null, facts) });
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'invalid') throw error;
      refused.push({ row, reason: error.details['problem'] as ContactProblem, field: String(error.details['field']) });
    }
  }
  return { read, refused };
}

interface Holders {
  readonly phones: ReadonlyMap<string, string>;
  readonly emails: ReadonlyMap<string, string>;
  readonly externalIds: ReadonlyMap<string, string>;
}

/** Which contacts have the addresses and external ids already, or had them before a merge. */
async function holders(tx: Tx, workspaceId: WorkspaceId, contacts: readonly ReadContact[]): Promise<Holders> {
  const asked = addressesByKind(contacts.map(({ columns }) => columns));
  const known = await listContactsByAddress(tx, workspaceId, null, asked);
  const merged = known.flatMap(({ id, merged: of = [] }) => of.map((one) => ({ ...one, id })));
  const current = known.flatMap((contact) => addressesOf(contact).map((one) => ({ ...one, id: contact.id })));
  // Whoever has an address now comes first.
  const of = (kind: AddressKind): Map<string, string> =>
    new Map([...merged, ...current].flatMap((one) => (one.kind === kind ? [[one.address, one.id] as const] : [])));
  return { phones: of('phone'), emails: of('email'), externalIds: of('externalId') };
}

function takenBy({ row, columns }: ReadContact, { phones, emails, externalIds }: Holders): RefusedContact | null {
  const byPhone = columns.phone === null ? undefined : phones.get(columns.phone);
  if (byPhone) return { row, reason: 'alreadyExists', field: 'phone', contactId: byPhone };
  const byEmail = columns.email === null ? undefined : emails.get(columns.email.toLowerCase());
  if (byEmail) return { row, reason: 'alreadyExists', field: 'email', contactId: byEmail };
  const byId = columns.externalId == null ? undefined : externalIds.get(columns.externalId);
  return byId ? { row, reason: 'alreadyExists', field: 'externalId', contactId: byId } : null;
}

/** The first of several rows with one address; the others are added to `refused`. */
function withoutDuplicates(contacts: readonly ReadContact[], refused: RefusedContact[]): ReadContact[] {
  const seen = new Set<string>();
  return contacts.filter(({ row, columns: { phone, email, externalId } }) => {
    const keys = {
      phone: phone && `phone:${phone}`,
      email: email && `email:${email.toLowerCase()}`,
      externalId: externalId == null ? null : `id:${externalId}`,
    };
    for (const field of ['phone', 'email', 'externalId'] as const) {
      const key = keys[field];
      if (key === null || !seen.has(key)) continue;
      refused.push({ row, reason: 'duplicateInRequest', field });
      return false;
    }
    for (const key of Object.values(keys)) if (key !== null) seen.add(key);
    return true;
  });
}

async function tagMade(tx: Tx, workspaceId: WorkspaceId, made: readonly (ReadContact & { readonly contactId: string })[]): Promise<void> {
  const ids = await ensureTags(tx, workspaceId, [...new Set(made.flatMap(({ tags }) => tags))]);
  const pairs = made.flatMap(({ contactId, tags }) => tags.flatMap((tag) => ({ contactId, tagId: ids.get(tag) ?? '' })));
  await insertContactTagPairs(tx, workspaceId, pairs);
}
