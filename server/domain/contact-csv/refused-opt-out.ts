/** What a row that is refused says all the same of somebody who opted out: a bad cell elsewhere is no reason to write to them. */
import type { RowContact, RowFacts, RowProblem } from './row-contact.ts';
import { emptyDraft, putRaw } from './row-cells.ts';
import type { CsvRow } from './row-reader.ts';

/** The cells may stand in other columns than their own: whom the row names is not to be told by them. */
const shifted: ReadonlySet<RowProblem> = new Set(['tooManyCells', 'quoteNotClosed']);
const tells: ReadonlySet<string> = new Set(['optedOut', 'acceptsMessages', 'consents']);
const addresses: ReadonlySet<string> = new Set(['phone', 'email', 'externalId']);

/** The addresses that can be read, and what is refused, with the `problem`; null where nothing says that anybody opted out. A cell about
 *  it that cannot be understood may well say it: then there is such a row, and it names no channels. */
export function optOutOfRefused(row: CsvRow, facts: RowFacts, problem: RowProblem): RowContact | null {
  if (!tellsOptOuts(facts)) return null;
  const draft = { ...emptyDraft(row), problem };
  let isUnclear = false;
  row.cells.forEach((cell, column) => {
    const target = facts.mapping[column];
    const raw = cell.trim();
    if (!target || raw === '') return;
    if (addresses.has(target.to) && !shifted.has(problem)) putRaw(draft, target, raw, facts);
    if (!tells.has(target.to) || putRaw(draft, target, raw, facts) === null) return;
    isUnclear ||= target.to === 'optedOut' || /withdrawn/i.test(raw);
  });
  return isUnclear || namesOptOut(draft) ? draft : null;
}

/** Whether any column is about it. */
export function tellsOptOuts({ mapping }: Pick<RowFacts, 'mapping'>): boolean {
  return mapping.some(({ to }) => tells.has(to));
}

/** Whether it says that somebody refuses a channel: by an opt-out, or by a consent that was taken back. */
export function namesOptOut({ optOuts, consents }: Pick<RowContact, 'optOuts' | 'consents'>): boolean {
  return optOuts.length > 0 || consents.some(({ status }) => status === 'withdrawn');
}
