/** A sequence ready for planning: its compiled versions, and what a walk over one needs to know. */
import type { Db } from '#db/client.ts';
import type { CompiledDefinition, WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { WalkContext } from '#server/domain/definition/walk.ts';
import { createPlanner } from '#server/domain/time/plan-batch.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from './compiled-version.ts';

/** One planner for the process: contacts share few combinations of step, zone and minute. */
const plan = createPlanner();

/** What `walkToDue` needs to know of one enrolment. */
export function walkContext(
  { rules }: { readonly rules: WorkspaceRules },
  compiled: CompiledDefinition,
  enrolment: { readonly startedAt: Date; readonly timeZone: string; readonly fields: Readonly<Record<string, unknown>> },
): WalkContext {
  return {
    compiled,
    rules,
    enrolledAt: enrolment.startedAt,
    zone: enrolment.timeZone,
    fields: enrolment.fields,
    plan,
  };
}

/** The compiled versions asked for, by number. */
export async function compiledVersions(
  db: Db,
  workspaceId: WorkspaceId,
  sequenceId: string,
  versions: Iterable<number>,
): Promise<ReadonlyMap<number, CompiledDefinition>> {
  const compiled = new Map<number, CompiledDefinition>();
  for (const version of new Set(versions)) compiled.set(version, await compiledVersion(db, workspaceId, sequenceId, version));
  return compiled;
}
