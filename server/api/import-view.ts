/** An import as the API shows it. */
import type { DryRun, ImportRow } from '#db/queries/imports.ts';
import { type ImportCounts, noCounts } from '#server/domain/contact-csv/options.ts';

export function importView(row: ImportRow) {
  return {
    id: row.id,
    uploadId: row.uploadId,
    fileName: row.fileName,
    byteCount: row.byteCount,
    status: row.status,
    format: row.format,
    mapping: row.mapping,
    options: row.options,
    /** Share of the file that has been worked through, 0 to 1. */
    progress: row.status === 'done' ? 1 : row.byteCount === 0 ? 0 : row.bytesDone / row.byteCount,
    counts: row.counts,
    /** Every row of the file that was read so far: total = created + updated + unchanged + merged + skipped + refused. */
    accounted: accountedOf(row.counts),
    /** Rows that say that somebody opted out: by how many somebody refuses since, who did not before, and how many are not on record
     *  because they were refused, or left aside, and name nobody for certain. `imports.rows` finds these by `optOut`. */
    optOuts: { rows: row.counts.optOutRows, recorded: row.counts.optOutsRecorded, notRecorded: row.counts.optOutsNotRecorded },
    /** What it would do, when that was asked for; `progress` of its own. */
    dryRun: row.dryRun && dryRunView(row.dryRun, row.byteCount),
    /** Null until it is undone. `status`: `failed` where the rest can be undone by asking again. */
    undo: row.undoStatus && { status: row.undoStatus, ...row.undoCounts },
    /** A code: `rowTooLong:<line>`, `sequenceClosed`, `fileGone`; `unexpected`, and the log of the worker says what it was. */
    error: row.error,
    /** Of a draft: when it goes, with its file. */
    keptUntil: row.status === 'draft' ? row.fileKeptUntil.toISOString() : null,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    finishedAt: row.finishedAt?.toISOString() ?? null,
  };
}

function accountedOf({ rows, created, updated, unchanged, merged, skipped, rejected, reasons }: ImportCounts) {
  return { total: rows, created, updated, unchanged, merged, skipped, refused: rejected, refusedBy: refusedBy(reasons) };
}

/** Left aside by the rules of the import, and not refused. */
const leftAside = new Set(['existsAlready', 'notKnown']);

function refusedBy(reasons: Readonly<Record<string, number>>) {
  return Object.entries(reasons)
    .filter(([reason]) => !leftAside.has(reason))
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count);
}

function dryRunView({ status, bytesDone, error, alreadyEnrolled, optedOut, ...dryRun }: DryRun, byteCount: number) {
  const counts = { ...noCounts, ...dryRun.counts };
  return {
    status,
    error,
    progress: status === 'done' ? 1 : byteCount === 0 ? 0 : bytesDone / byteCount,
    rows: counts.rows,
    toCreate: counts.created,
    toUpdate: counts.updated,
    unchanged: counts.unchanged,
    merged: counts.merged,
    skip: counts.skipped,
    refuse: counts.rejected,
    refuseBy: refusedBy(counts.reasons),
    toEnrol: counts.enrolled,
    notEnrolled: counts.notEnrolled,
    alreadyEnrolled,
    optedOut,
    optOutRows: counts.optOutRows,
    optOutsNotRecorded: counts.optOutsNotRecorded,
  };
}
