/** The first of two readings of a file that tells of opt-outs: who is brought by one row and opts out in another one. */
import { collectOptOuts, type OptOutsOfFile } from '#server/domain/contact-csv/opt-outs-of-file.ts';
import { tellsOptOuts } from '#server/domain/contact-csv/refused-opt-out.ts';
import { readContact, type RowFacts, toPlan } from '#server/domain/contact-csv/row-contact.ts';
import type { CsvRow } from '#server/domain/contact-csv/row-reader.ts';
import { importFailure } from './import-failure.ts';

/** Null where no column is about it, and when it was stopped. Of a file that cannot be read to its end, what stands before that. */
export async function readOptOuts(
  pieces: AsyncIterable<{ readonly rows: readonly CsvRow[] }>,
  facts: RowFacts,
  hasHeader: boolean,
  signal?: AbortSignal,
): Promise<OptOutsOfFile | null> {
  if (!tellsOptOuts(facts)) return null;
  const { add, found } = collectOptOuts(facts.options);
  let toSkip = hasHeader ? 1 : 0;
  try {
    for await (const { rows } of pieces) {
      if (signal?.aborted) return null;
      for (const row of rows.slice(toSkip)) {
        const contact = toPlan(readContact(row, facts));
        if (contact !== null) add(contact);
      }
      toSkip = Math.max(0, toSkip - rows.length);
    }
  } catch (error) {
    if (importFailure(error) === null) throw error;
  }
  return found;
}
