/** The rows of an import that wait to be written, as many together as one writing takes, bounded by how long they are. */
import { charsOf, chunkChars } from './read-import.ts';
import type { ReadRow } from './write-import-chunk.ts';

export interface WaitingRows {
  count(): number;
  push(read: ReadRow): void;
  /** Whether there are rows for so many writings. */
  fills(writings: number): boolean;
  /** The first rows, at least one of those that there are. */
  first(): ReadRow[];
  /** Lets the first `count` rows go. */
  drop(count: number): void;
}

export function waitingRows(mostRows: number): WaitingRows {
  let rows: ReadRow[] = [];
  let chars = 0;
  return {
    count: () => rows.length,
    push(read) {
      rows.push(read);
      chars += charsOf(read.row);
    },
    fills: (writings) => rows.length >= mostRows * writings || chars >= chunkChars * writings,
    first() {
      let taken = 0;
      const end = rows.findIndex(({ row }, index) => index >= mostRows || (taken += charsOf(row)) > chunkChars);
      return rows.slice(0, end === -1 ? undefined : Math.max(end, 1));
    },
    drop(count) {
      for (const { row } of rows.slice(0, count)) chars -= charsOf(row);
      rows = rows.slice(count);
    },
  };
}
