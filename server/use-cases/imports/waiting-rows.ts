/** The rows of an import that wait to be written, in chunks bounded by how many rows they have and by how long those are. */
import { charsOf, chunkChars } from './read-import.ts';
import type { ReadRow } from './write-import-chunk.ts';

export class WaitingRows {
  private rows: ReadRow[] = [];
  private chars = 0;
  private readonly chunkRows: number;

  constructor(chunkRows: number) {
    this.chunkRows = chunkRows;
  }

  get length(): number {
    return this.rows.length;
  }

  push(read: ReadRow): void {
    this.rows.push(read);
    this.chars += charsOf(read.row);
  }

  /** Whether there are rows for so many chunks. */
  fills(chunks: number): boolean {
    return this.rows.length >= this.chunkRows * chunks || this.chars >= chunkChars * chunks;
  }

  /** The first rows, at least one. */
  chunk(): ReadRow[] {
    let chars = 0;
    const end = this.rows.findIndex(({ row }, index) => index >= this.chunkRows || (chars += charsOf(row)) > chunkChars);
    return this.rows.slice(0, end === -1 ? undefined : Math.max(end, 1));
  }

  /** Lets the first `count` rows go. */
  drop(count: number): void {
    for (const { row } of this.rows.slice(0, count)) this.chars -= charsOf(row);
    this.rows = this.rows.slice(count);
  }
}
