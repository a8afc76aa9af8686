/** After a change of the workspace's rules of time: everyone in progress goes by the new ones. */
import type { Tx } from '#db/client.ts';
import { listOpenEnrolmentIdsOf } from '#db/queries/open-enrolments.ts';
import { bumpPlanRevisions, countOpenEnrolmentsOf, listDefinitionsInUse } from '#db/queries/plan-revisions.ts';
import { getWorkspaceRules, renewRulesVersion } from '#db/queries/workspace-rules.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { compileDefinition } from '#server/domain/definition/compile.ts';
import { validateWindowsOf } from '#server/domain/definition/validate.ts';
import { directLimit } from '#server/domain/operation.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { type ReplanReason, replanEnrolmentsIn } from '../engine/replan-enrolments-in.ts';
import { startOperation } from '../operations/start-operation.ts';

/** How many published sequences follow the change, and the operation that plans their people, where they are over 1,000. */
export interface AppliedRules {
  readonly sequences: number;
  readonly operationId: string | null;
}

/** Call it after the change, last in the transaction: it sets alarms. `calendarId`: the calendar that changed, or null
 *  where quiet hours did. Throws `conflict` when sequences in use could never send again. */
export async function applyRules(tx: Tx, actor: Actor, calendarId: string | null): Promise<AppliedRules> {
  await renewRulesVersion(tx, actor.workspaceId);
  const sequenceIds = await bumpPlanRevisions(tx, actor.workspaceId, calendarId);
  await refuseIfSomeNeverOpen(tx, actor);
  return replanSequences(tx, actor, sequenceIds, 'rulesChanged');
}

/** Plans the people of sequences anew: up to 1,000 at once, more by an operation. */
export async function replanSequences(tx: Tx, actor: Actor, sequenceIds: readonly string[], why: ReplanReason): Promise<AppliedRules> {
  const { workspaceId } = actor;
  const answer = { sequences: sequenceIds.length, operationId: null };
  const open = await countOpenEnrolmentsOf(tx, workspaceId, sequenceIds, directLimit + 1);
  if (open > directLimit) {
    const operationId = await startOperation(tx, actor, { kind: 'replanEnrolments', sequenceIds: [...sequenceIds], why }, null);
    return { ...answer, operationId };
  }
  const ids = await listOpenEnrolmentIdsOf(tx, workspaceId, sequenceIds, { after: null, limit: directLimit });
  await replanEnrolmentsIn(tx, workspaceId, ids, why, { kind: actor.kind, id: actorId(actor) });
  return answer;
}

async function refuseIfSomeNeverOpen(tx: Tx, actor: Actor): Promise<void> {
  const { rules } = await getWorkspaceRules(tx, actor.workspaceId);
  const from = await now(tx);
  const closed = new Map<string, string>();
  for (const { sequenceId, name, definition } of await listDefinitionsInUse(tx, actor.workspaceId)) {
    const steps = [null, ...[...compileDefinition(definition).steps.values()].map(({ step }) => step).filter((step) => step.window)];
    if (steps.some((step) => validateWindowsOf(definition, step, rules, from).length > 0)) closed.set(sequenceId, name);
  }
  if (closed.size === 0) return;
  const names = [...closed.values()].map((name) => `"${name}"`).join(', ');
  throw new DomainError(
    'conflict',
    `With these hours ${names} could never send. Leave an hour open that the sequence allows too, or change the sequence first.`,
    { sequences: [...closed].map(([id, name]) => ({ id, name })), reason: 'neverOpens' },
  );
}
