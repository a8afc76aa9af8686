/** `GET /api/exports/{id}/file.csv`: a file that `contacts.export`, `enrolments.export` or `sequences.exportResults` named. */
import { Readable } from 'node:stream';
import type { Db } from '#db/client.ts';
import { getExport } from '#db/queries/exports.ts';
import { countEnrolments, countStepMetrics } from '#db/queries/sequence-results.ts';
import { listStructures } from '#db/queries/sequence-structures.ts';
import { getSequence } from '#db/queries/sequences.ts';
import { permissions } from '#server/auth/permissions.ts';
import { csvValues } from '#server/domain/contact-csv/write-csv.ts';
import type { Export, ExportKind } from '#server/domain/export.ts';
import { stepMetrics } from '#server/domain/results.ts';
import { roleAtLeast } from '#server/domain/roles.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { idSchema, type WorkspaceId } from '#server/platform/ids.ts';
import { delimiterOf, exportPages, type ExportWords } from '#server/use-cases/exports/export-pages.ts';
import { attachmentHeaders } from './attachment.ts';
import { answerRoute, routeActor } from './route.ts';
import { resultsView } from './sequence-results-view.ts';

export const resultColumns = ['position', 'step', 'type', 'isLive', ...stepMetrics] as const;

export interface FileWords extends ExportWords {
  readonly result: (column: (typeof resultColumns)[number]) => string;
  readonly stepType: (type: string) => string;
  /** Of the file, without its ending. */
  readonly fileName: (kind: ExportKind) => string;
}

const procedures = { contacts: 'contacts.export', enrolments: 'enrolments.export', results: 'sequences.exportResults' } as const;

/** Streams the file to whoever may ask for one like it. Rows are read as fast as they are taken, a page at a time. */
export function sendExport(request: Request, exportId: string, words: FileWords, database?: Db): Promise<Response> {
  return answerRoute(async () => {
    const { db, actor } = await routeActor(request, 'sequences.exportResults', database);
    if (!idSchema.safeParse(exportId).success) throw notFound('export', exportId);
    const what = await getExport(db, actor.workspaceId, exportId);
    const minimum = permissions[procedures[what.kind]];
    if (actor.kind !== 'system' && !roleAtLeast(actor.role, minimum)) {
      throw new DomainError('forbidden', `This needs the role ${minimum}; you have ${actor.role}. Ask an admin of the workspace.`, {
        minimum,
      });
    }
    return new Response(Readable.toWeb(Readable.from(bytesOf(db, actor.workspaceId, what, words))) as ReadableStream<Uint8Array>, {
      headers: attachmentHeaders(words.fileName(what.kind)),
    });
  });
}

async function* bytesOf(db: Db, workspaceId: WorkspaceId, what: Export, words: FileWords): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  if (what.format === 'excel') yield encoder.encode('\ufeff');
  if (what.kind === 'results') yield encoder.encode(await resultsText(db, workspaceId, what, words));
  else for await (const text of exportPages(db, workspaceId, what, words)) yield encoder.encode(text);
}

/** The very numbers that the results show, a line per step. */
async function resultsText(
  db: Db,
  workspaceId: WorkspaceId,
  { sequenceId, format }: Extract<Export, { kind: 'results' }>,
  words: FileWords,
): Promise<string> {
  const sequence = await getSequence(db, workspaceId, sequenceId);
  const structures = await listStructures(db, workspaceId, sequenceId);
  const counts = await countStepMetrics(db, workspaceId, sequenceId);
  const enrolments = await countEnrolments(db, workspaceId, sequenceId);
  const { steps } = resultsView(sequence, structures, { steps: counts, enrolments, isExact: true });
  const lines = steps.map((step) => [
    step.isLive ? String(step.position) : '',
    step.title ?? words.stepType(step.type),
    words.stepType(step.type),
    step.isLive ? words.yes : words.no,
    ...stepMetrics.map((metric) => String(step.counts[metric])),
  ]);
  return [resultColumns.map(words.result), ...lines].map((values) => csvValues(values, delimiterOf(format))).join('');
}
