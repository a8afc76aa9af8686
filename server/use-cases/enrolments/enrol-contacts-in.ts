/** Enrols contacts in one statement per table, inside the caller's transaction. */
import type { Tx } from '#db/client.ts';
import {
  type EnrolmentCandidate,
  insertEnrolments,
  listContactsInGroup,
  listEnrolmentCandidates,
  type NewEnrolment,
} from '#db/queries/enrolment-rows.ts';
import { type SequenceState, shareSequence } from '#db/queries/sequence-plans.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type CompiledDefinition, firstStep } from '#server/domain/definition/compile.ts';
import type { RefusalReason } from '#server/domain/enrolment-events.ts';
import { refusalOf } from '#server/domain/entry.ts';
import { type Placement, placeFrom } from '#server/domain/placement.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { reachOf } from '../engine/reach.ts';
import { type PassedSteps, recordPassedSteps } from '../engine/record-passed-steps.ts';
import { walkContext } from '../engine/sequence-plan.ts';
import { type RuledSequence, withRules } from '../engine/workspace-rules.ts';

export interface EnrolInput {
  readonly sequenceId: string;
  readonly contactIds: readonly string[];
  /** Distinguishes parallel runs of one contact, like an invoice number. */
  readonly key?: string | undefined;
  /** When the run starts; now when missing. */
  readonly startAt?: Date | undefined;
  readonly source: 'manual' | 'csv' | 'api' | 'sequence' | 'trigger';
}

export interface EnrolAnswer {
  readonly accepted: { readonly contactId: string; readonly enrolmentId: string }[];
  readonly refused: { readonly contactId: string; readonly reason: RefusalReason }[];
}

/** Whoever may enter is enrolled in the live version and gets the due time of its first step; the others are refused with
 *  a reason. Throws `notFound` for a sequence of elsewhere, `conflict` for one that was never published or is archived. */
export async function enrolContactsIn(tx: Tx, actor: Actor, input: EnrolInput): Promise<EnrolAnswer> {
  const { workspaceId } = actor;
  const shared = await shareSequence(tx, workspaceId, input.sequenceId);
  if (!shared) throw notFound('sequence', input.sequenceId);
  const state = await withRules(tx, workspaceId, shared);
  const version = enrollableVersion(state);
  const compiled = await compiledVersion(tx, workspaceId, input.sequenceId, version);
  const reach = await reachOf(tx, workspaceId, compiled);
  const contactIds = [...new Set(input.contactIds)].sort();
  const key = input.key ?? '';
  const group = compiled.definition.exclusivityGroup;
  const inGroup: ReadonlySet<string> = group
    ? await listContactsInGroup(tx, workspaceId, { group, sequenceId: input.sequenceId, contactIds })
    : new Set();
  const candidates = await listEnrolmentCandidates(tx, workspaceId, { sequenceId: input.sequenceId, key, contactIds });

  const startedAt = input.startAt ?? state.now;
  const refused: { contactId: string; reason: RefusalReason }[] = [];
  const entering = new Map<string, { row: NewEnrolment; placement: Placement }>();
  const known = new Set(candidates.map((candidate) => candidate.contactId));
  for (const contactId of contactIds) if (!known.has(contactId)) refused.push({ contactId, reason: 'notFound' });
  for (const candidate of candidates) {
    const facts = { ...candidate, ...reach(candidate), isInGroup: inGroup.has(candidate.contactId) };
    const reason = refusalOf(facts, compiled.definition.reentry, state.now);
    if (reason) refused.push({ contactId: candidate.contactId, reason });
    else entering.set(candidate.contactId, entryOf(candidate, state, compiled, startedAt));
  }

  const inserted = await insertEnrolments(
    tx,
    workspaceId,
    { sequenceId: input.sequenceId, version, planRevision: state.planRevision, key, source: input.source, startedAt },
    [...entering.values()].map((entry) => entry.row),
  );
  const accepted = inserted.map(({ id, contactId }) => ({ contactId, enrolmentId: id }));
  const dues = new Set<number>();
  const passed: PassedSteps[] = [];
  for (const { contactId, enrolmentId } of accepted) {
    const entry = entering.get(contactId);
    entering.delete(contactId);
    if (!entry) continue;
    const { placement, row } = entry;
    if (placement.dueAt) dues.add(placement.dueAt.getTime());
    passed.push({
      enrolmentId,
      contactId,
      sequenceId: input.sequenceId,
      version,
      epoch: 0,
      timeZone: row.timeZone,
      timeZoneOrigin: row.timeZoneOrigin,
      placement,
    });
  }
  for (const contactId of entering.keys()) refused.push({ contactId, reason: 'alreadyActive' });
  await recordPassedSteps(tx, workspaceId, passed);
  const alarms = [...dues].map((due) => ({
    queue: 'sequence.advance' as const,
    workspaceId,
    sequenceId: input.sequenceId,
    at: new Date(due),
  }));
  await setAlarms(tx, alarms);
  return { accepted, refused };
}

/** The version that newcomers get. Throws `conflict` when the sequence takes nobody in. */
export function enrollableVersion(state: SequenceState): number {
  if (state.liveVersion === null) {
    throw new DomainError('conflict', `The sequence "${state.name}" has no published version yet. Publish it, then enrol.`, {
      sequenceId: state.id,
    });
  }
  if (state.status === 'archived') {
    throw new DomainError('conflict', `The sequence "${state.name}" is archived and takes nobody in. Duplicate it to use it again.`, {
      sequenceId: state.id,
    });
  }
  return state.liveVersion;
}

function entryOf(
  candidate: EnrolmentCandidate,
  state: RuledSequence,
  compiled: CompiledDefinition,
  startedAt: Date,
): { row: NewEnrolment; placement: Placement } {
  const { zone, origin } = resolveZone({
    definitionZone: compiled.definition.zone,
    contact: candidate,
    workspaceTimeZone: state.workspaceTimeZone,
  });
  const context = walkContext(state, compiled, { startedAt, timeZone: zone, fields: candidate.fields });
  const placement = placeFrom(firstStep(compiled), 1, startedAt, context);
  return { row: { contactId: candidate.contactId, ...placement, timeZone: zone, timeZoneOrigin: origin }, placement };
}
