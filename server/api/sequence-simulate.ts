/** `sequences.simulate`: when each step would happen for somebody, and why then. */
import { z } from 'zod';
import { getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import { definitionSchema } from '#server/domain/definition/schema.ts';
import { plannedInstantSchema, zoneSchema } from '#server/domain/time/schema.ts';
import { type NamedSimulation, simulateSequence } from '#server/use-cases/sequences/simulate-sequence.ts';
import { workspaceProcedure } from './trpc.ts';

const plan = [z.strictObject({ definition: definitionSchema }), z.strictObject({ sequenceId: z.uuid() })] as const;
const who = [z.strictObject({ contactId: z.uuid() }), z.strictObject({ zone: zoneSchema })] as const;
const rest = {
  startAt: plannedInstantSchema.transform((value) => new Date(value)),
  outcomes: z.record(z.string(), z.string()).optional(),
};
const inputSchema = z.union([
  plan[0].extend({ ...who[0].shape, ...rest }),
  plan[0].extend({ ...who[1].shape, ...rest }),
  plan[1].extend({ ...who[0].shape, ...rest }),
  plan[1].extend({ ...who[1].shape, ...rest }),
]);

export const simulateProcedures = {
  /** What simulating in the browser needs beside the draft: the zone of the workspace and its rules of time. */
  timeRules: workspaceProcedure.query(async ({ ctx: { db, actor } }) => getWorkspaceRules(db, actor.workspaceId)),

  simulate: workspaceProcedure
    .input(inputSchema)
    .query(async ({ ctx: { db, actor }, input }) => simulationView(await simulateSequence(db, actor, input))),
};

/** Instants as ISO strings in UTC. */
function simulationView({ steps, end }: NamedSimulation) {
  return {
    steps: steps.map((step) => ({
      ...step,
      plannedAt: step.plannedAt?.toISOString() ?? null,
      movedFrom: step.movedFrom?.toISOString() ?? null,
    })),
    end: { ...end, at: end.at.toISOString() },
  };
}
