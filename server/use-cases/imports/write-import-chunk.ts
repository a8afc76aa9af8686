/** One chunk of an import, in one transaction: contacts, tags, enrolments, the fate of every row, and how far it is. */
import { setTimeout } from 'node:timers/promises';
import type { Db, Tx } from '#db/client.ts';
import { advanceImport, getImport, type ImportRow, listImportsOfFile, lockImport } from '#db/queries/imports.ts';
import type { NewImportedRow } from '#db/queries/import-rows.ts';
import {
  insertContactTagPairs,
  insertImportRows,
  insertPlannedContacts,
  listEnrolledByImports,
  lockContactsByAddress,
  lockWorkspaceImports,
  updatePlannedContacts,
} from '#db/queries/import-chunks.ts';
import { listLeadingAddresses } from '#db/queries/merged-addresses.ts';
import { letSearchListGrow } from '#db/queries/search-index.ts';
import { ensureTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import { addressesByKind, addressLists } from '#server/domain/contact/addresses.ts';
import type { ImportCounts, ImportOptions } from '#server/domain/contact-csv/options.ts';
import { type ChunkPlan, type PlannedRow, planChunk } from '#server/domain/contact-csv/plan-chunk.ts';
import { type Changes, type ChangeSpan, changesColumns } from '#server/domain/contact-csv/planned-contact.ts';
import { type RowContact, toPlan } from '#server/domain/contact-csv/row-contact.ts';
import { followZone } from '../contacts/follow-zone.ts';
import { enrolContactsIn } from '../enrolments/enrol-contacts-in.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';
import { askedEnrolments, madeContact } from './asked-enrolments.ts';
import { countRows } from './count-rows.ts';
import { type ReadChunk, type ReadRow, readable } from './read-chunks.ts';
import { recordAnswers, withAnswers } from './record-answers.ts';

export interface ImportChunk extends ReadChunk {
  /** Those before, when they are still being written: this one may write its contacts meanwhile, and goes on after them. */
  readonly before: ChunkBefore | null;
}

/** A chunk that comes first in the file and is still being written. */
export interface ChunkBefore {
  /** Whether it, or one that it waited for in its turn, has read or written the contact. Asked once it is committed. */
  wrote(contactId: string): boolean;
  /** Resolves when the chunk is committed, and says whether it was, with all of its rows. */
  readonly committed: Promise<boolean>;
}

/** What this chunk holds, somebody may wait for whom the chunk before waits for: the database cannot see that this one waits too. */
const longestWaitMs = 2_000;

/** Gives the chunk up, and all that it has written. */
class Superseded extends Error {}

/** Somebody took an address in the meantime, or stood in the way: the tables say more now, and a second try meets them as they are. */
export function isClash(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return error instanceof Superseded || code === '23505' || code === '40P01' || code === '40001';
}

/** Writes the rows of `chunk`. `onContacts` is called with the contacts that it has read and written. Answers how many rows were written, or
 *  null when this runner has to stop: the import was canceled, or another worker has gone on with it. Throws what `isClash` knows when it
 *  has to be tried again. */
export async function writeImportChunk(
  db: Db,
  actor: Actor,
  importId: string,
  chunk: ImportChunk,
  onContacts: (contactIds: ReadonlySet<string>) => void,
): Promise<number | null> {
  let left = false;
  return db
    .transaction()
    .execute(async (tx) => {
      const { workspaceId } = actor;
      const found = chunk.before === null ? await takeTurn(tx, actor, importId, chunk) : await getImport(tx, workspaceId, importId);
      if (found === null) return null;
      await letSearchListGrow(tx);
      const rows = readable(chunk.rows);
      const stored = await lockContactsByAddress(tx, workspaceId, importId, addressLists(chunk.addresses));
      const known = await withAnswers(tx, workspaceId, [...rows, ...chunk.optOuts], stored);
      const zones = new Map(known.map((contact) => [contact.id, contact.timeZone]));
      const plan = planChunk(rows, known, found.options, chunk.optOuts);
      const spans = await updatePlannedContacts(tx, workspaceId, plan.changed);
      await insertPlannedContacts(tx, workspaceId, plan.made);
      // A merge that ended since has set one of the addresses free, and it leads on.
      if ((await listLeadingAddresses(tx, workspaceId, addressesByKind(plan.made))).length > 0) throw new Superseded();
      const written = chunk.rows.slice(0, consumedRows(chunk.rows, rows, plan.consumed));
      onContacts(new Set([...known, ...plan.made].flatMap(({ id }) => id ?? [])));

      if (chunk.before === null) return finishChunk(tx, actor, found, { ...chunk, rows: written, plan, zones, spans });
      const isCommitted = await Promise.race([chunk.before.committed, setTimeout(longestWaitMs, false, { ref: false })]);
      // What the chunks before say of a person may not have been there to be read.
      if (!isCommitted || stored.some(({ id }) => chunk.before?.wrote(id))) throw new Superseded();
      const now = await takeTurn(tx, actor, importId, chunk);
      if (now) return finishChunk(tx, actor, now, { ...chunk, rows: written, plan, zones, spans });
      left = true;
      throw new Superseded();
    })
    .catch((error: unknown) => {
      if (left) return null;
      throw error;
    });
}

/** The import, held to the end of the transaction, and the workspace's turn to write; null when it is not this runner's to go on with. */
async function takeTurn(tx: Tx, actor: Actor, importId: string, chunk: ImportChunk): Promise<ImportRow | null> {
  const found = await lockImport(tx, actor.workspaceId, importId);
  if (found.status !== 'running' || found.nextRow !== chunk.nextRow) return null;
  await lockWorkspaceImports(tx, actor.workspaceId);
  return found;
}

interface PlannedChunk {
  readonly plan: ChunkPlan;
  /** The zones that its contacts had before. */
  readonly zones: ReadonlyMap<string, string | null>;
  /** When it changed those that were there. */
  readonly spans: Map<string, ChangeSpan>;
}

/** What follows from the contacts that stand: tags, enrolments, the fate of every row, how far the import is. */
async function finishChunk(tx: Tx, actor: Actor, found: ImportRow, chunk: ImportChunk & PlannedChunk): Promise<number> {
  const { workspaceId } = actor;
  const { plan, zones, spans, rows: written } = chunk;
  await recordAnswers(tx, actor, found.id, plan);
  const tagged = await tagContacts(tx, actor, found.options, plan);
  const enrolments = await enrolRows(tx, actor, found, plan);

  const moved = plan.changed.filter(({ id, timeZone }) => id !== null && zones.get(id) !== timeZone);
  await followZone(
    tx,
    actor,
    moved.flatMap(({ id }) => id ?? []),
  );

  const rows = importedRows(written, plan.rows, { enrolments, tagged, spans });
  await insertImportRows(tx, workspaceId, found.id, rows);
  await advanceImport(tx, workspaceId, found.id, {
    nextRow: chunk.nextRow + written.length,
    bytesDone: Math.max(found.bytesDone, chunk.bytesDone),
    counts: counted(found, rows, plan),
  });
  await armTriggers(tx, workspaceId);
  return written.length;
}

/** The rows up to the first one that the plan left for the next chunk. */
function consumedRows(rows: readonly ReadRow[], readable: readonly RowContact[], consumed: number): number {
  const left = readable[consumed];
  return left ? rows.findIndex(({ row }) => row.line === left.line) : rows.length;
}

/** Answers, by contact, the tags that are to be taken from it when the import is undone: those that it did not have. Of a
 *  contact that the import has made, those that every row gets go without saying. */
async function tagContacts(tx: Tx, actor: Actor, options: ImportOptions, plan: ChunkPlan): Promise<Map<string, string[]>> {
  const contacts = new Set(plan.rows.flatMap(({ contact }) => (contact ? [contact] : [])));
  const wanted = [...contacts].flatMap((contact) =>
    [...options.tags, ...contact.tags].flatMap((tag) => (contact.id ? [{ contactId: contact.id, tag }] : [])),
  );
  const tagged = new Map<string, string[]>();
  if (wanted.length === 0) return tagged;
  const ids = await ensureTags(tx, actor.workspaceId, [...new Set(wanted.map(({ tag }) => tag))]);
  const pairs = wanted.flatMap(({ contactId, tag }) => {
    const tagId = ids.get(tag);
    return tagId ? [{ contactId, tagId }] : [];
  });
  const fresh = await insertContactTagPairs(tx, actor.workspaceId, pairs);
  const made = new Set(plan.made.map(({ id }) => id));
  const ofAll = new Set(options.tags.map((tag) => ids.get(tag)));
  for (const { contactId, tagId } of fresh) {
    if (made.has(contactId) && ofAll.has(tagId)) continue;
    const known = tagged.get(contactId);
    if (known) known.push(tagId);
    else tagged.set(contactId, [tagId]);
  }
  return tagged;
}

interface RowEnrolment {
  /** `enrolled`, or the reason of the refusal. */
  readonly outcome: string;
  readonly enrolmentId: string | null;
}

/** By line. Nobody whom an import of the same file has enrolled in the sequence under the same key is enrolled again, whether
 *  that enrolment goes on or has ended: a file is sent once, however often it is imported. An import that was undone does not
 *  count, and another key is another run. */
async function enrolRows(tx: Tx, actor: Actor, found: ImportRow, plan: ChunkPlan): Promise<Map<number, RowEnrolment>> {
  const { sequenceId, startAt } = found.options;
  const byLine = new Map<number, RowEnrolment>();
  if (sequenceId === null) return byLine;
  const made = new Set(plan.made);
  const rounds = askedEnrolments(plan.rows, found.options);
  const known = new Set(rounds.flat().flatMap(({ contact }) => (contact.id !== null && !made.has(contact) ? [contact.id] : [])));
  const importIds = known.size === 0 ? [] : await listImportsOfFile(tx, actor.workspaceId, found.uploadId);
  const before = await listEnrolledByImports(tx, actor.workspaceId, importIds, { sequenceId, contactIds: [...known] });
  for (const round of rounds) {
    const lines = new Map<string, number>();
    const keys = new Map<string, string>();
    for (const { line, contact, key } of round) {
      if (contact.id === null) continue;
      if (before.has(`${contact.id} ${key}`)) {
        byLine.set(line, { outcome: 'alreadyImported', enrolmentId: null });
        continue;
      }
      lines.set(contact.id, line);
      if (key !== '') keys.set(contact.id, key);
    }
    if (lines.size === 0) continue;
    const answer = await enrolContactsIn(tx, actor, {
      sequenceId,
      contactIds: [...lines.keys()],
      keys,
      startAt: startAt === null ? undefined : new Date(startAt),
      source: 'csv',
      made: round.flatMap(({ contact }) => (contact.id !== null && made.has(contact) ? [madeContact(contact, contact.id)] : [])),
    });
    const put = (contactId: string, enrolment: RowEnrolment): void => {
      const line = lines.get(contactId);
      if (line !== undefined) byLine.set(line, enrolment);
    };
    for (const { contactId, enrolmentId } of answer.accepted) put(contactId, { outcome: 'enrolled', enrolmentId });
    for (const { contactId, reason } of answer.refused) put(contactId, { outcome: reason, enrolmentId: null });
  }
  return byLine;
}

function importedRows(
  rows: readonly ReadRow[],
  planned: readonly PlannedRow[],
  beside: {
    readonly enrolments: ReadonlyMap<number, RowEnrolment>;
    readonly tagged: Map<string, string[]>;
    readonly spans: Map<string, ChangeSpan>;
  },
): NewImportedRow[] {
  let next = 0;
  return rows.map(({ row, reading }): NewImportedRow => {
    const plan = toPlan(reading) ? planned[next++] : undefined;
    const outcome = plan?.outcome ?? 'rejected';
    const contactId = plan?.contact?.id ?? null;
    const enrolment = beside.enrolments.get(row.line);
    const optOutRecorded = plan?.optOutRecorded ?? null;
    return {
      line: row.line,
      outcome,
      reason: plan ? plan.reason : reading.ok ? null : reading.problem,
      problemColumn: reading.ok ? (plan?.column ?? null) : reading.column,
      contactId: contactId ?? plan?.refusing?.id ?? null,
      enrolment: enrolment?.outcome ?? null,
      enrolmentId: enrolment?.enrolmentId ?? null,
      cells: outcome === 'rejected' || optOutRecorded === false ? [...row.cells] : null,
      changes:
        contactId === null
          ? (plan?.changes ?? null)
          : withTags(withSpan(plan?.changes ?? null, contactId, beside.spans), contactId, beside.tagged),
      optOutRecorded,
    };
  });
}

/** When a contact was changed stands in the first row that changed it. */
function withSpan(changes: Changes | null, contactId: string, spans: Map<string, ChangeSpan>): Changes | null {
  const changedAt = changes !== null && changesColumns(changes) ? spans.get(contactId) : undefined;
  if (!changedAt) return changes;
  spans.delete(contactId);
  return { ...changes, changedAt };
}

/** The tags of a contact stand in its first row. */
function withTags(changes: Changes | null, contactId: string, tagged: Map<string, string[]>): Changes | null {
  const tagIds = tagged.get(contactId);
  if (!tagIds) return changes;
  tagged.delete(contactId);
  return { ...changes, ...Object.fromEntries(tagIds.map((id) => [`tag.${id}`, [null, true] as const])) };
}

function counted(found: ImportRow, rows: readonly NewImportedRow[], plan: ChunkPlan): ImportCounts {
  return countRows(found.counts, rows, plan.rows.filter(({ row }) => row.notice === 'ninthDigitAdded').length);
}
