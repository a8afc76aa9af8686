/** A sequence ready for planning: its state, its compiled versions, and the workspace's rules of time. */
import type { Db } from '#db/client.ts';
import type { SequenceState } from '#db/queries/sequence-plans.ts';
import type { CompiledDefinition, WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { WalkContext } from '#server/domain/definition/walk.ts';
import { createPlanner } from '#server/domain/time/plan-batch.ts';
import { windowSchema } from '#server/domain/time/schema.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from './compiled-version.ts';

const keptRules = 1_000;
const rulesByText = new Map<string, WorkspaceRules>();

/** The workspace's rules; equal ones are one object, so that windows compiled for them are found again. */
export function workspaceRules(quietHours: unknown): WorkspaceRules {
  const text = JSON.stringify(quietHours ?? null);
  const known = rulesByText.get(text);
  if (known) return known;
  const rules: WorkspaceRules = { quietHours: quietHours ? windowSchema.parse(quietHours) : null, closedDates: [] };
  if (rulesByText.size >= keptRules) rulesByText.clear();
  rulesByText.set(text, rules);
  return rules;
}

/** One planner for the process: contacts share few combinations of step, zone and minute. */
const plan = createPlanner();

/** What `walkToDue` needs to know of one enrolment. */
export function walkContext(
  state: Pick<SequenceState, 'quietHours'>,
  compiled: CompiledDefinition,
  enrolment: { readonly startedAt: Date; readonly timeZone: string; readonly fields: Readonly<Record<string, unknown>> },
): WalkContext {
  return walkContextOf(workspaceRules(state.quietHours), compiled, enrolment);
}

/** The same with rules that are known already. */
export function walkContextOf(
  rules: WorkspaceRules,
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
