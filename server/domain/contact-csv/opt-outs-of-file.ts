/** Who opts out in a later row of a file than the one that brings them, or in a row that is refused: they refuse from the first row on, so that
 *  nothing that is due at once goes out in between. Pure: told by one reading of the whole file, before its first rows are written. */
import { addressKey, addressKeys, type AddressKind, addressKinds } from '../contact/addresses.ts';
import { NumberTable, numberOf } from './number-table.ts';
import type { ImportOptions } from './options.ts';
import { namesOptOut } from './refused-opt-out.ts';
import type { RowContact } from './row-contact.ts';

/** What a row says of that. */
export interface OptOutRow extends Pick<RowContact, 'line' | AddressKind | 'optOuts' | 'consents'> {
  /** It is refused, and may lead to nobody when it is reached. */
  readonly isRefused: boolean;
}

/** Such rows of one file, by each of their addresses. */
export type OptOutsOfFile = ReadonlyMap<string, readonly OptOutRow[]>;

/** So many such rows are known beforehand; what the others say counts when they are reached. */
const mostKept = 100_000;
/** So many of one address: a file may say the same a hundred thousand times. */
const mostPerAddress = 20;

/** `add` takes the rows in, in the order of the file; `found` is what they have told. */
export function collectOptOuts({ identity }: Pick<ImportOptions, 'identity'>): {
  readonly add: (row: RowContact) => void;
  readonly found: OptOutsOfFile;
} {
  const found = new Map<string, OptOutRow[]>();
  /** All addresses so far. A row that is good and the first of its people needs no word beforehand. */
  const seen = new NumberTable();
  let kept = 0;
  const isIdentified = (row: RowContact): boolean =>
    identity === 'either' ? row.phone !== null || row.email !== null : row[identity] !== null;
  return {
    found,
    add(row) {
      const keys = addressKeys(row);
      const numbers = keys.map(numberOf);
      const isLate = numbers.some((number) => seen.get(number) !== undefined);
      const isRefused = row.problem !== null || row.held.length > 0 || !isIdentified(row);
      if (!isRefused) for (const number of numbers) seen.set(number, 1);
      if (!namesOptOut(row) || !(isLate || isRefused) || kept >= mostKept) return;
      kept += 1;
      const { line, phone, email, externalId, optOuts, consents } = row;
      const entry = { line, phone, email, externalId, optOuts, consents, isRefused };
      for (const key of keys) {
        const known = found.get(key);
        if (known === undefined) found.set(key, [entry]);
        else if (known.length < mostPerAddress) known.push(entry);
      }
    },
  };
}

/** Those that share an address with one of `rows`, which are in the order of the file, and are not told by these or by one before them. */
export function optOutsAbout(rows: readonly RowContact[], optOuts: OptOutsOfFile | null): OptOutRow[] {
  if (optOuts === null || optOuts.size === 0) return [];
  const lastLine = rows.at(-1)?.line ?? 0;
  const found = new Set<OptOutRow>();
  for (const row of rows) {
    for (const kind of addressKinds) {
      const value = row[kind];
      if (value === null) continue;
      for (const entry of optOuts.get(addressKey(kind, value)) ?? []) {
        if (entry.line > lastLine || entry.isRefused) found.add(entry);
      }
    }
  }
  return [...found];
}
