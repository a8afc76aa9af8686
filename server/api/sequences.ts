/** Sequences: list, edit as drafts, check, publish. What they did stands in `sequence-results.ts` and `enrolments.ts`. */
import { z } from 'zod';
import { countWaitingPerStep, estimateWaitingPerStep, listSequenceOverviews } from '#db/queries/sequence-overview.ts';
import { findLiveVersion } from '#db/queries/sequence-versions.ts';
import { getSequence } from '#db/queries/sequences.ts';
import { getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import { diffDefinitions } from '#server/domain/definition/diff.ts';
import { definitionSchema } from '#server/domain/definition/schema.ts';
import { checkDefinition } from '#server/use-cases/sequences/check-definition.ts';
import { createSequence } from '#server/use-cases/sequences/create-sequence.ts';
import { duplicateSequence } from '#server/use-cases/sequences/duplicate-sequence.ts';
import { archiveSequence } from '#server/use-cases/sequences/archive-sequence.ts';
import { pauseSequence } from '#server/use-cases/sequences/pause-sequence.ts';
import { resumeSequence } from '#server/use-cases/sequences/resume-sequence.ts';
import { overdueChoices } from '#server/domain/operation.ts';
import { publishSequence } from '#server/use-cases/sequences/publish-sequence.ts';
import { renameSequence } from '#server/use-cases/sequences/rename-sequence.ts';
import { saveDraft } from '#server/use-cases/sequences/save-draft.ts';
import { setPriority } from '#server/use-cases/sequences/set-priority.ts';
import { previewProcedures } from './sequence-preview.ts';
import { resultsProcedures } from './sequence-results.ts';
import { simulateProcedures } from './sequence-simulate.ts';
import { overviewView, sequenceView } from './sequence-view.ts';
import { pageInput, router, workspaceProcedure } from './trpc.ts';

const name = z.string().trim().min(1).max(120);
const byId = z.strictObject({ id: z.uuid() });

export const sequencesRouter = router({
  ...simulateProcedures,
  ...resultsProcedures,
  ...previewProcedures,

  /** Counts are exact up to 10,000 a sequence. Above they are estimates: `activeIsExact` and `sentIsExact` (of `acceptedCount` and
   *  `repliedCount`) say so. */
  list: workspaceProcedure
    .input(
      z
        .strictObject({
          search: z.string().trim().max(120).optional(),
          status: z.enum(['draft', 'running', 'paused', 'archived']).optional(),
          ...pageInput,
          cursor: z.uuid().nullish(),
        })
        .optional(),
    )
    .query(async ({ ctx: { db, actor }, input }) => {
      const { cursor, limit = 50, ...filter } = input ?? {};
      const rows = await listSequenceOverviews(db, actor.workspaceId, filter, { before: cursor ?? null, limit: limit + 1 });
      const items = rows.slice(0, limit).map(overviewView);
      return { items, nextCursor: rows.length > limit ? (items.at(-1)?.id ?? null) : null };
    }),

  /** A sequence with its draft, what is live, who stands where, and the workspace's rules that planning obeys. With surely more than 10,000
   *  people under way, `waiting` is an estimate and `waitingIsExact` false; `diff` counts them all. */
  get: workspaceProcedure.input(byId).query(async ({ ctx: { db, actor }, input }) => {
    const [sequence, live, waiting, planning] = await Promise.all([
      getSequence(db, actor.workspaceId, input.id),
      findLiveVersion(db, actor.workspaceId, input.id),
      estimateWaitingPerStep(db, actor.workspaceId, input.id),
      getWorkspaceRules(db, actor.workspaceId),
    ]);
    return { ...sequenceView(sequence, live, waiting), planning };
  }),

  create: workspaceProcedure
    .input(z.strictObject({ name, definition: definitionSchema.optional() }))
    .mutation(({ ctx: { db, actor }, input }) => createSequence(db, actor, input)),

  rename: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), name }))
    .mutation(({ ctx: { db, actor }, input }) => renameSequence(db, actor, input)),

  /** Who goes first where the frequency cap of the workspace leaves no room for everything: higher before lower; 0 unless set. */
  setPriority: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), priority: z.number().int().min(-100).max(100) }))
    .mutation(({ ctx: { db, actor }, input }) => setPriority(db, actor, input)),

  duplicate: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), name: name.optional() }))
    .mutation(({ ctx: { db, actor }, input }) => duplicateSequence(db, actor, input)),

  saveDraft: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), definition: definitionSchema, draftRevision: z.number().int().min(1).optional() }))
    .mutation(({ ctx: { db, actor }, input }) => saveDraft(db, actor, input)),

  /** Problems of a definition, or of a sequence's draft. */
  validate: workspaceProcedure
    .input(z.union([byId, z.strictObject({ definition: definitionSchema })]))
    .query(async ({ ctx: { db, actor }, input }) => {
      const definition = 'definition' in input ? input.definition : (await getSequence(db, actor.workspaceId, input.id)).draft;
      return { problems: await checkDefinition(db, actor, definition) };
    }),

  /** The draft against what is live, with the people who stand at each step. Null before the first publishing. */
  diff: workspaceProcedure.input(byId).query(async ({ ctx: { db, actor }, input }) => {
    const [sequence, live, waiting] = await Promise.all([
      getSequence(db, actor.workspaceId, input.id),
      findLiveVersion(db, actor.workspaceId, input.id),
      countWaitingPerStep(db, actor.workspaceId, input.id),
    ]);
    return {
      draftRevision: sequence.draftRevision,
      liveVersion: live?.version ?? null,
      diff: live && diffDefinitions(live.definition, sequence.draft),
      waiting,
    };
  }),

  publish: workspaceProcedure
    .input(
      z.strictObject({
        id: z.uuid(),
        inFlight: z.enum(['keep', 'move']).default('keep'),
        draftRevision: z.number().int().min(1).optional(),
      }),
    )
    .mutation(({ ctx: { db, actor }, input }) => publishSequence(db, actor, input)),

  pause: workspaceProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx: { db, actor }, input }) => pauseSequence(db, actor, input)),

  resume: workspaceProcedure
    .input(z.strictObject({ id: z.uuid(), overdue: z.enum(overdueChoices).default('shift') }))
    .mutation(({ ctx: { db, actor }, input }) => resumeSequence(db, actor, input)),

  archive: workspaceProcedure
    .input(z.strictObject({ id: z.uuid() }))
    .mutation(({ ctx: { db, actor }, input }) => archiveSequence(db, actor, input)),
});
