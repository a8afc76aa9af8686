/** Who opts out in a later row of a file than the one that brings them, or in a row that is refused: they refuse from the first row on, so that
 *  nothing that is due at once goes out in between. Pure: filled by one reading of the whole file, before its first rows are written. */
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

/** So many such rows are known beforehand; what the others say counts when they are reached. */
const mostKept = 100_000;

export class OptOutsOfFile {
  /** All addresses so far. A row that is good and the first of its people needs no word beforehand. */
  private readonly seen = new NumberTable();
  private readonly byAddress = new Map<string, OptOutRow[]>();
  private kept = 0;
  private readonly identity: ImportOptions['identity'];

  constructor({ identity }: Pick<ImportOptions, 'identity'>) {
    this.identity = identity;
  }

  /** Takes the next row in. */
  add(row: RowContact): void {
    const keys = addressKeys(row);
    const numbers = keys.map(numberOf);
    const isLate = numbers.some((number) => this.seen.get(number) !== undefined);
    const isRefused = row.problem !== null || row.held.length > 0 || !this.isIdentified(row);
    if (!isRefused) for (const number of numbers) this.seen.set(number, 1);
    if (!namesOptOut(row) || !(isLate || isRefused) || this.kept >= mostKept) return;
    this.kept += 1;
    const { line, phone, email, externalId, optOuts, consents } = row;
    const entry = { line, phone, email, externalId, optOuts, consents, isRefused };
    for (const key of keys) this.byAddress.set(key, [...(this.byAddress.get(key) ?? []), entry]);
  }

  private isIdentified(row: RowContact): boolean {
    return this.identity === 'either' ? row.phone !== null || row.email !== null : row[this.identity] !== null;
  }

  /** The rows that share an address with one of `rows`, which are in the order of the file, and are not told by these or by one before them. */
  about(rows: readonly RowContact[]): OptOutRow[] {
    if (this.byAddress.size === 0) return [];
    const lastLine = rows.at(-1)?.line ?? 0;
    const found = new Set<OptOutRow>();
    for (const row of rows) {
      for (const kind of addressKinds) {
        const value = row[kind];
        if (value === null) continue;
        for (const entry of this.byAddress.get(addressKey(kind, value)) ?? []) {
          if (entry.line > lastLine || entry.isRefused) found.add(entry);
        }
      }
    }
    return [...found];
  }
}
