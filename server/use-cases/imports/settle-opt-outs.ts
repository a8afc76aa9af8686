/** At the end of an import: a row whose opt-out led to nobody when it was read may lead to somebody whom a later row has made. */
import type { Db, Tx } from '#db/client.ts';
import { lockContactsByAddress, lockWorkspaceImports } from '#db/queries/import-chunks.ts';
import { type ImportedRow, listImportRows, markOptOutsRecorded } from '#db/queries/import-rows.ts';
import { advanceImport, type ImportRow, lockImport } from '#db/queries/imports.ts';
import type { Actor } from '#server/auth/actor.ts';
import { addressesByKind } from '#server/domain/contact/addresses.ts';
import { People } from '#server/domain/contact-csv/people.ts';
import { namesOptOut } from '#server/domain/contact-csv/refused-opt-out.ts';
import { readContact, type RowContact, type RowFacts, toPlan } from '#server/domain/contact-csv/row-contact.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { rowFacts } from './read-import.ts';
import { recordAnswers, withAnswers } from './record-answers.ts';

const pageRows = 500;

/** Looks once more at all rows whose opt-out is not on record. Safe to be killed and begun again. Answers false when it was stopped. */
export async function settleOptOuts(db: Db, actor: Actor, of: ImportRow, signal?: AbortSignal): Promise<boolean> {
  let facts: RowFacts | null = null;
  for (let afterLine = 0; ; ) {
    const rows = await listImportRows(db, actor.workspaceId, of.id, { optOut: 'notRecorded' }, { afterLine, limit: pageRows });
    const last = rows.at(-1);
    if (!last) return true;
    if (signal?.aborted) return false;
    const known = (facts ??= await rowFacts(db, actor.workspaceId, of));
    const named = rows.flatMap((row) => optOutOf(row, known));
    if (named.length > 0) await retryOnConflict(() => db.transaction().execute((tx) => settleRows(tx, actor, of.id, named)));
    afterLine = last.line;
  }
}

function optOutOf({ line, cells, reason }: ImportedRow, facts: RowFacts): RowContact[] {
  const row = toPlan(readContact({ line, cells: cells ?? [], unclosed: reason === 'quoteNotClosed' }, facts));
  return row !== null && namesOptOut(row) ? [row] : [];
}

async function settleRows(tx: Tx, actor: Actor, importId: string, rows: readonly RowContact[]): Promise<void> {
  const { workspaceId } = actor;
  const found = await lockImport(tx, workspaceId, importId);
  if ((found.status !== 'running' && found.status !== 'canceled') || found.undoStatus !== null) return;
  await lockWorkspaceImports(tx, workspaceId);
  const stored = await lockContactsByAddress(tx, workspaceId, importId, addressesByKind(rows));
  const people = new People(await withAnswers(tx, workspaceId, rows, stored));
  const settled = rows.flatMap((row) => {
    const person = people.uniqueMatch(row);
    return person === null ? [] : [{ line: row.line, contactId: person.id, changes: people.refuse(row, person) }];
  });
  if (settled.length === 0) return;
  await recordAnswers(tx, actor, importId, { answering: people.all.filter(({ newOptOuts }) => newOptOuts.length > 0), made: [] });
  const marked = await markOptOutsRecorded(tx, workspaceId, importId, settled);
  const { nextRow, bytesDone, counts } = found;
  await advanceImport(tx, workspaceId, importId, {
    nextRow,
    bytesDone,
    counts: {
      ...counts,
      optOutsRecorded: counts.optOutsRecorded + settled.filter(({ changes }) => changes !== null).length,
      optOutsNotRecorded: counts.optOutsNotRecorded - marked,
    },
  });
}
