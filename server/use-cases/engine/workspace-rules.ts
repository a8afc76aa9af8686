/** A workspace's rules of time, kept per process by the mark that changes with them. */
import type { Db } from '#db/client.ts';
import { findSequenceState, type SequenceState } from '#db/queries/sequence-plans.ts';
import { getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import type { WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** A sequence's state together with the rules of its workspace. */
export interface RuledSequence extends SequenceState {
  readonly rules: WorkspaceRules;
}

export async function withRules(db: Db, workspaceId: WorkspaceId, state: SequenceState): Promise<RuledSequence> {
  return { ...state, rules: await workspaceRules(db, workspaceId, state.rulesVersion) };
}

/** The state with its rules, without a lock; null for a sequence of elsewhere. */
export async function findRuledSequence(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<RuledSequence | null> {
  const state = await findSequenceState(db, workspaceId, sequenceId);
  return state && withRules(db, workspaceId, state);
}

const keptRules = 1_000;
const rulesByVersion = new Map<string, WorkspaceRules>();

/** The rules of now; the same object while they do not change, so that windows compiled for them are found again.
 *  `rulesVersion`: the mark as it was read with the sequence or the message. A mark is never used twice, so what a
 *  transaction that was undone has left here is never asked for again. */
export async function workspaceRules(db: Db, workspaceId: WorkspaceId, rulesVersion: string): Promise<WorkspaceRules> {
  const known = rulesByVersion.get(rulesVersion);
  if (known) return known;
  const { rules, rulesVersion: present } = await getWorkspaceRules(db, workspaceId);
  if (rulesByVersion.size >= keptRules) rulesByVersion.delete(rulesByVersion.keys().next().value ?? '');
  rulesByVersion.set(present, rules);
  return rules;
}
