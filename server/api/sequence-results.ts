/** `sequences.results`, `sequences.exportResults` and `sequences.people`: what a sequence did, and with whom. */
import { z } from 'zod';
import { countPeople, listPeople } from '#db/queries/sequence-people.ts';
import { readResults } from '#db/queries/sequence-results.ts';
import { listStructures } from '#db/queries/sequence-structures.ts';
import { getSequence } from '#db/queries/sequences.ts';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import { exitReasons } from '#server/domain/enrolment-events.ts';
import { exportFormatSchema } from '#server/domain/export.ts';
import { enrolmentStatuses } from '#server/domain/operation.ts';
import { stepMetrics } from '#server/domain/results.ts';
import { requestExport } from '#server/use-cases/exports/request-export.ts';
import { personView, resultsView } from './sequence-results-view.ts';
import { pageInput, workspaceProcedure } from './trpc.ts';

const peopleSchema = z.strictObject({
  id: z.uuid(),
  status: z.enum(enrolmentStatuses).optional(),
  exitReason: z.enum(exitReasons).optional(),
  step: z.strictObject({ key: z.string().max(64), metric: z.enum(stepMetrics) }).optional(),
  search: z.string().trim().max(200).optional(),
  ...pageInput,
  cursor: z.uuid().nullish(),
});

export const resultsProcedures = {
  /** Per step, in the order of the live version (steps of earlier versions after it): how many enrolments each number counts.
   *  With more than 10,000 enrolments they are estimates, and `isExact` false; the export counts. */
  results: workspaceProcedure.input(z.strictObject({ id: z.uuid() })).query(async ({ ctx: { db, actor }, input }) => {
    const sequence = await getSequence(db, actor.workspaceId, input.id);
    const structures = await listStructures(db, actor.workspaceId, input.id);
    return resultsView(sequence, structures, await readResults(db, actor.workspaceId, input.id));
  }),

  /** The numbers as a file: `url` streams it for a day. */
  exportResults: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), format: exportFormatSchema }))
    .mutation(({ ctx: { db, actor }, input: { id, format } }) => requestExport(db, actor, { kind: 'results', format, sequenceId: id })),

  /** One row per enrolment, newest first; `total` is how many the filter means, on the first page. */
  people: workspaceProcedure.input(peopleSchema).query(async ({ ctx: { db, actor }, input }) => {
    const { id, cursor, limit, ...filter } = input;
    await getSequence(db, actor.workspaceId, id);
    const rows = await listPeople(db, actor.workspaceId, id, filter, { before: cursor ?? null, limit: limit + 1 });
    const total = cursor ? null : await countPeople(db, actor.workspaceId, id, filter);
    const shown = rows.slice(0, limit);
    const structures = await listStructures(db, actor.workspaceId, id, [...new Set(shown.map((row) => row.version))]);
    const versions = new Map(structures.map(({ version, definition }) => [version, compileDefinition(definition)]));
    const items = shown.map((row) => personView(row, versions));
    return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null, total };
  }),
};
