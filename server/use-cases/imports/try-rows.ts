/** Does with rows what an import would do, but writes nothing: it only remembers, from chunk to chunk, whom it has seen. */
import type { Db } from '#db/client.ts';
import { listContactsByAddress, listEnrolledByImports } from '#db/queries/import-chunks.ts';
import { listImportsOfFile } from '#db/queries/imports.ts';
import { listContactsWithOptOuts } from '#db/queries/opt-outs.ts';
import { addressesByKind } from '#server/domain/contact/addresses.ts';
import { type DryRunCounts, type ImportOptions, noCounts, type RowOutcome } from '#server/domain/contact-csv/options.ts';
import { optOutsAbout, type OptOutsOfFile } from '#server/domain/contact-csv/opt-outs-of-file.ts';
import { People } from '#server/domain/contact-csv/people.ts';
import { type PlannedRow, planChunk } from '#server/domain/contact-csv/plan-chunk.ts';
import type { PlannedContact } from '#server/domain/contact-csv/planned-contact.ts';
import { namesOptOut } from '#server/domain/contact-csv/refused-opt-out.ts';
import { readContact, type RowContact, type RowFacts, toPlan } from '#server/domain/contact-csv/row-contact.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { SeenPeople } from '#server/domain/contact-csv/seen-people.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { forecastEnrolments } from '../enrolments/forecast-enrolments.ts';
import { type AskedEnrolment, askedEnrolments, madeContact } from './asked-enrolments.ts';
import { countRows } from './count-rows.ts';
import { withAnswers } from './record-answers.ts';

export interface TriedRow {
  readonly row: CsvRow;
  readonly contact: RowContact | null;
  readonly outcome: RowOutcome;
  readonly reason: string | null;
  /** Place of the column whose cell refuses it. */
  readonly column: number | null;
}

export interface Trial {
  tryRows(rows: readonly CsvRow[]): Promise<TriedRow[]>;
  /** Looks once more at the rows whose opt-out led to nobody: somebody of a later row may be it. To be called at the end. */
  settle(): Promise<void>;
  counts(): DryRunCounts;
}

/** So many rows are remembered for that. */
const mostLost = 10_000;

const alreadyEnrolledReasons = new Set(['alreadyActive', 'alreadyImported', 'noReentry', 'coolDown']);

/** A trial of one file; its rows are given in order, in chunks. Throws when the sequence of `options` takes nobody in. */
export async function beginTrial(
  db: Db,
  workspaceId: WorkspaceId,
  of: { readonly uploadId: string; readonly facts: RowFacts; readonly options: ImportOptions; readonly optOuts: OptOutsOfFile | null },
): Promise<Trial> {
  const { options, facts } = of;
  const { sequenceId } = options;
  const seen = new SeenPeople();
  const forecast = sequenceId === null ? null : await forecastEnrolments(db, workspaceId, sequenceId);
  const importIds = sequenceId === null ? [] : await listImportsOfFile(db, workspaceId, of.uploadId);
  let counts = noCounts;
  let optedOut = 0;
  let lost: RowContact[] = [];

  const enrolments = async (planned: readonly PlannedRow[], people: ReadonlyMap<PlannedContact, number>): Promise<Map<number, string>> => {
    const byLine = new Map<number, string>();
    if (forecast === null || sequenceId === null) return byLine;
    const withOwnKey = new Set(planned.flatMap(({ row }) => (row.enrolmentKey === null ? [] : [row.line])));
    const isNew = ({ line, contact, key }: AskedEnrolment): boolean =>
      !withOwnKey.has(line) || seen.isNews(people.get(contact) ?? -1, `enrolled ${key}`);
    for (const all of askedEnrolments(planned, options)) {
      const round = all.filter(isNew);
      const known = round.flatMap((asked) =>
        isStored(asked.contact.id) ? [{ ...asked, contactId: asked.contact.id, optedOutOf: asked.contact.newOptOuts }] : [],
      );
      const contactIds = known.map(({ contactId }) => contactId);
      const before = await listEnrolledByImports(db, workspaceId, importIds, { sequenceId, contactIds });
      const refusals = await forecast.of(known);
      for (const asked of known) {
        const isAgain = before.has(`${asked.contactId} ${asked.key}`);
        byLine.set(asked.line, isAgain ? 'alreadyImported' : (refusals.get(asked.contactId) ?? 'enrolled'));
      }
      const fresh = round.filter(({ contact }) => !isStored(contact.id));
      const ofFresh = await forecast.ofNew(fresh.map(({ contact }) => madeContact(contact, '')));
      fresh.forEach(({ line }, index) => byLine.set(line, ofFresh[index] ?? 'enrolled'));
    }
    return byLine;
  };

  return {
    async tryRows(rows) {
      const readings = rows.map((row) => ({ row, reading: readContact(row, facts) }));
      let readable = readings.flatMap(({ reading }) => toPlan(reading) ?? []);
      const optOuts = optOutsAbout(readable, of.optOuts);
      const told = [...readable, ...optOuts];
      const found = await listContactsByAddress(db, workspaceId, null, addressesByKind(told));
      const stored = await withAnswers(db, workspaceId, told, found);
      const planned: PlannedRow[] = [];
      const people = new Map<PlannedContact, number>();
      const refusing = new Set<PlannedContact>();
      while (readable.length > 0) {
        const plan = planChunk(readable, seen.among(told, stored), options, optOuts);
        for (const { contact } of plan.rows) if (contact && !people.has(contact)) people.set(contact, seen.remember(contact));
        for (const contact of plan.answering) if (contact.newOptOuts.length > 0) refusing.add(contact);
        planned.push(...plan.rows);
        readable = readable.slice(plan.consumed);
      }
      const enrolled = await enrolments(planned, people);
      const refusedBefore = new Set(
        await listContactsWithOptOuts(
          db,
          workspaceId,
          [...people.keys()].flatMap(({ id }) => (isStored(id) ? [id] : [])),
        ),
      );
      for (const contact of new Set([...people.keys(), ...refusing])) {
        const refuses = refusing.has(contact) || (contact.id !== null && refusedBefore.has(contact.id));
        if (refuses && seen.isNews(0, `optedOut ${contact.id ?? `seen ${people.get(contact)}`}`)) optedOut += 1;
      }
      const unnamed = planned.flatMap(({ row, optOutRecorded }) => (optOutRecorded === false && namesOptOut(row) ? [row] : []));
      lost = [...lost, ...unnamed].slice(0, mostLost);
      let next = 0;
      const tried = readings.map(({ row, reading }): TriedRow & { readonly plan: PlannedRow | undefined } => {
        const plan = toPlan(reading) ? planned[next++] : undefined;
        if (!reading.ok) return { row, contact: null, outcome: 'rejected', reason: reading.problem, column: reading.column, plan };
        return {
          row,
          contact: reading.contact,
          outcome: plan?.outcome ?? 'rejected',
          reason: plan?.reason ?? null,
          column: plan?.column ?? null,
          plan,
        };
      });
      const nines = planned.filter(({ row }) => row.notice === 'ninthDigitAdded').length;
      counts = countRows(
        counts,
        tried.map(({ row, outcome, reason, plan }) => ({
          outcome,
          reason,
          enrolment: enrolled.get(row.line) ?? null,
          optOutRecorded: plan?.optOutRecorded ?? null,
          changes: plan?.changes ?? null,
        })),
        nines,
      );
      return tried;
    },
    async settle() {
      const stored = await withAnswers(db, workspaceId, lost, await listContactsByAddress(db, workspaceId, null, addressesByKind(lost)));
      const everybody = new People(seen.among(lost, stored));
      for (const row of lost) {
        const person = everybody.uniqueMatch(row);
        if (person === null) continue;
        const isNew = everybody.refuse(row, person) !== null;
        if (seen.isNews(0, `optedOut ${person.id}`)) optedOut += 1;
        counts = {
          ...counts,
          optOutsRecorded: counts.optOutsRecorded + (isNew ? 1 : 0),
          optOutsNotRecorded: counts.optOutsNotRecorded - 1,
        };
      }
      lost = [];
    },
    counts() {
      const refusals = Object.entries(counts.notEnrolled);
      const alreadyEnrolled = refusals.reduce((sum, [reason, count]) => sum + (alreadyEnrolledReasons.has(reason) ? count : 0), 0);
      return { counts, alreadyEnrolled, optedOut };
    },
  };
}

/** A contact of the tables, and not one that only the file knows so far. */
function isStored(id: string | null): id is string {
  return id !== null && !id.startsWith('seen ');
}
