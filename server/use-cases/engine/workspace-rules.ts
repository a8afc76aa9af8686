/** A workspace's rules of time, kept per process by the mark that changes with them. */
import type { Db } from '#db/client.ts';
import { findSequenceState, type SequenceState } from '#db/queries/sequence-plans.ts';
import { getRulesVersion, getWorkspaceRules } from '#db/queries/workspace-rules.ts';
import type { WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { FrequencyCap } from '#server/domain/frequency-cap.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** A sequence's state together with the zone and the rules of its workspace. */
export interface RuledSequence extends SequenceState {
  readonly workspaceTimeZone: string;
  readonly rules: WorkspaceRules;
  readonly frequencyCap: FrequencyCap | null;
  readonly hasSuppressions: boolean;
}

const keptRules = 1_000;
const rulesByVersion = new Map<string, WorkspaceRules>();

/** With the rules and the instant of now, read after the state, for whose lock it may have waited: whoever changes the rules
 *  waits for those who hold the sequence. */
export async function withRules(db: Db, workspaceId: WorkspaceId, state: SequenceState): Promise<RuledSequence> {
  const { timeZone, rulesVersion, ...ofNow } = await getRulesVersion(db, workspaceId);
  return { ...state, ...ofNow, workspaceTimeZone: timeZone, rules: await rulesOf(db, workspaceId, rulesVersion) };
}

/** The state with its rules, without a lock; null for a sequence of elsewhere. */
export async function findRuledSequence(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<RuledSequence | null> {
  const state = await findSequenceState(db, workspaceId, sequenceId);
  return state && withRules(db, workspaceId, state);
}

/** The rules of now; the same object while they do not change, so that windows compiled for them are found again. */
export async function workspaceRules(db: Db, workspaceId: WorkspaceId): Promise<WorkspaceRules> {
  return rulesOf(db, workspaceId, (await getRulesVersion(db, workspaceId)).rulesVersion);
}

/** A mark is never used twice, so what a transaction that was undone has left here is never asked for again. */
async function rulesOf(db: Db, workspaceId: WorkspaceId, rulesVersion: string): Promise<WorkspaceRules> {
  const known = rulesByVersion.get(rulesVersion);
  if (known) return known;
  const { rules, rulesVersion: present } = await getWorkspaceRules(db, workspaceId);
  if (rulesByVersion.size >= keptRules) rulesByVersion.delete(rulesByVersion.keys().next().value ?? '');
  rulesByVersion.set(present, rules);
  return rules;
}
