/** One chunk of an import, in one transaction: contacts, tags, enrolments, the fate of every row, and how far it is. */
import type { Db, Tx } from '#db/client.ts';
import { advanceImport, type ImportedRow, type ImportRow, lockImport } from '#db/queries/imports.ts';
import {
  insertContactTagPairs,
  insertImportRows,
  insertPlannedContacts,
  lockContactsByAddress,
  lockWorkspaceImports,
  updatePlannedContacts,
} from '#db/queries/import-chunks.ts';
import { ensureTags } from '#db/queries/tags.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { ImportCounts, ImportOptions } from '#server/domain/contact-csv/options.ts';
import { type ChunkPlan, type PlannedRow, planChunk } from '#server/domain/contact-csv/plan-chunk.ts';
import type { RowContact, RowReading } from '#server/domain/contact-csv/row-contact.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { followZone } from '../contacts/follow-zone.ts';
import { enrolContactsIn } from '../enrolments/enrol-contacts-in.ts';
import { armTriggers } from '../triggers/arm-triggers.ts';
import { addresses, countRows } from './chunk-facts.ts';

export interface ReadRow {
  readonly row: CsvRow;
  readonly reading: RowReading;
}

const attempts = 6;

/** Writes `rows`, which begin at data row `nextRow` of the file. Answers how many were written, or null when this runner
 *  has to stop: the import was canceled, or another worker has gone on with it. */
export async function writeImportChunk(
  db: Db,
  actor: Actor,
  importId: string,
  chunk: { nextRow: number; rows: readonly ReadRow[]; bytesDone: number },
): Promise<number | null> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().execute((tx) => writeIn(tx, actor, importId, chunk));
    } catch (error) {
      // Somebody took an address in the meantime, or stood in the way: the tables say more now.
      if (!isClash(error) || attempt === attempts) throw error;
    }
  }
}

class AddressTaken extends Error {}

function isClash(error: unknown): boolean {
  if (error instanceof AddressTaken) return true;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === '23505' || code === '40P01' || code === '40001';
}

async function writeIn(
  tx: Tx,
  actor: Actor,
  importId: string,
  chunk: { nextRow: number; rows: readonly ReadRow[]; bytesDone: number },
): Promise<number | null> {
  const { workspaceId } = actor;
  const found = await lockImport(tx, workspaceId, importId);
  if (found.status !== 'running' || found.nextRow !== chunk.nextRow) return null;
  await lockWorkspaceImports(tx, workspaceId);

  const readable = chunk.rows.flatMap(({ reading }) => (reading.ok ? [reading.contact] : []));
  const known = await lockContactsByAddress(tx, workspaceId, importId, addresses(readable));
  const zones = new Map(known.map((contact) => [contact.id, contact.timeZone]));
  const plan = planChunk(readable, known, found.options);
  await updatePlannedContacts(tx, workspaceId, plan.changed);
  if (!(await insertPlannedContacts(tx, workspaceId, plan.made))) throw new AddressTaken();
  await tagContacts(tx, actor, found.options, plan);
  const enrolment = await enrol(tx, actor, found.options, plan);

  const moved = plan.changed.filter(({ id, timeZone }) => id !== null && zones.get(id) !== timeZone);
  await followZone(
    tx,
    actor,
    moved.flatMap(({ id }) => id ?? []),
  );

  const written = chunk.rows.slice(0, consumedRows(chunk.rows, readable, plan.consumed));
  const rows = importedRows(written, plan.rows, enrolment);
  await insertImportRows(tx, workspaceId, importId, rows);
  await advanceImport(tx, workspaceId, importId, {
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

const ownOutcomes = new Set(['created', 'updated', 'unchanged']);

function touchedIds(plan: ChunkPlan): string[] {
  return plan.rows.flatMap(({ outcome, contact }) => (ownOutcomes.has(outcome) && contact?.id ? [contact.id] : []));
}

async function tagContacts(tx: Tx, actor: Actor, options: ImportOptions, plan: ChunkPlan): Promise<void> {
  const contacts = new Set(plan.rows.flatMap(({ contact }) => (contact ? [contact] : [])));
  const wanted = [...contacts].flatMap((contact) =>
    [...options.tags, ...contact.tags].flatMap((tag) => (contact.id ? [{ contactId: contact.id, tag }] : [])),
  );
  if (wanted.length === 0) return;
  const ids = await ensureTags(tx, actor.workspaceId, [...new Set(wanted.map(({ tag }) => tag))]);
  const pairs = wanted.flatMap(({ contactId, tag }) => {
    const tagId = ids.get(tag);
    return tagId ? [{ contactId, tagId }] : [];
  });
  await insertContactTagPairs(tx, actor.workspaceId, pairs);
}

/** By contact: `enrolled`, or the reason of the refusal. */
async function enrol(tx: Tx, actor: Actor, options: ImportOptions, plan: ChunkPlan): Promise<Map<string, string>> {
  const contactIds = touchedIds(plan);
  if (options.sequenceId === null || contactIds.length === 0) return new Map();
  const answer = await enrolContactsIn(tx, actor, { sequenceId: options.sequenceId, contactIds, source: 'csv' });
  return new Map([
    ...answer.accepted.map(({ contactId }) => [contactId, 'enrolled'] as const),
    ...answer.refused.map(({ contactId, reason }) => [contactId, reason] as const),
  ]);
}

function importedRows(rows: readonly ReadRow[], planned: readonly PlannedRow[], enrolment: ReadonlyMap<string, string>): ImportedRow[] {
  const byLine = new Map(planned.map((plan) => [plan.row.line, plan]));
  return rows.map(({ row, reading }): ImportedRow => {
    const plan = byLine.get(row.line);
    const outcome = plan?.outcome ?? 'rejected';
    const contactId = plan?.contact?.id ?? null;
    return {
      line: row.line,
      outcome,
      reason: reading.ok ? (plan?.reason ?? null) : reading.problem,
      contactId,
      enrolment: ownOutcomes.has(outcome) && contactId ? (enrolment.get(contactId) ?? null) : null,
      cells: outcome === 'rejected' ? [...row.cells] : null,
    };
  });
}

function counted(found: ImportRow, rows: readonly ImportedRow[], plan: ChunkPlan): ImportCounts {
  return countRows(found.counts, rows, plan.rows.filter(({ row }) => row.notice === 'ninthDigitAdded').length);
}
