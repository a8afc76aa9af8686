/** Enrols contacts in one statement per table, inside the caller's transaction. */
import type { Tx } from '#db/client.ts';
import {
  type EnrolmentCandidate,
  insertEnrolments,
  listContactsInGroup,
  listEnrolmentCandidates,
  type NewEnrolment,
  type NewPlace,
} from '#db/queries/enrolment-rows.ts';
import { type SequenceState, shareSequence } from '#db/queries/sequence-plans.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type CompiledDefinition, firstStep } from '#server/domain/definition/compile.ts';
import type { RefusalReason } from '#server/domain/enrolment-events.ts';
import { refusalOf } from '#server/domain/entry.ts';
import { type Placement, placeFrom } from '#server/domain/placement.ts';
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { addressesOf, reachOf } from '../engine/reach.ts';
import { type PassedSteps, recordPassedSteps } from '../engine/record-passed-steps.ts';
import { walkContext } from '../engine/sequence-plan.ts';
import { type RuledSequence, withRules } from '../engine/workspace-rules.ts';
import { suppressedAmong } from '../suppressions/suppressed-among.ts';

export interface EnrolInput {
  readonly sequenceId: string;
  readonly contactIds: readonly string[];
  /** Distinguishes parallel runs of one contact, like an invoice number. */
  readonly key?: string | undefined;
  /** Keys of their own, by contact; those that are not here have `key`. */
  readonly keys?: ReadonlyMap<string, string> | undefined;
  /** Those of the contacts that this transaction itself has made: nobody else knows them, so nothing is looked up about them. */
  readonly made?: readonly EnrolmentCandidate[] | undefined;
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
  const group = compiled.definition.exclusivityGroup;
  const inGroup: ReadonlySet<string> = group
    ? await listContactsInGroup(tx, workspaceId, { group, sequenceId: input.sequenceId, contactIds })
    : new Set();
  const made = new Map(input.made?.map((candidate) => [candidate.contactId, candidate]));
  const keyOf = (contactId: string): string => input.keys?.get(contactId) ?? input.key ?? '';
  const asked = contactIds.flatMap((contactId) => (made.has(contactId) ? [] : [{ contactId, key: keyOf(contactId) }]));
  const found = await listEnrolmentCandidates(tx, workspaceId, { sequenceId: input.sequenceId, asked });

  const isSuppressed = await suppressedAmong(tx, workspaceId, () => addressesOf([...made.values(), ...found]));

  const startedAt = input.startAt ?? state.now;
  const refused: { contactId: string; reason: RefusalReason }[] = [];
  const entering = new Map<string, NewEnrolment & { readonly place: Place }>();
  const candidates = new Map(found.map((candidate) => [candidate.contactId, candidate]));
  const placeOf = placesOf(state, compiled, startedAt);
  for (const contactId of contactIds) {
    const candidate = made.get(contactId) ?? candidates.get(contactId);
    if (!candidate) {
      refused.push({ contactId, reason: 'notFound' });
      continue;
    }
    const facts = { ...candidate, ...reach(candidate, isSuppressed), isInGroup: inGroup.has(contactId) };
    const reason = refusalOf(facts, compiled.definition.reentry, state.now);
    if (reason) refused.push({ contactId, reason });
    else entering.set(contactId, { contactId, key: keyOf(contactId), place: placeOf(candidate) });
  }

  const inserted = await insertEnrolments(
    tx,
    workspaceId,
    { sequenceId: input.sequenceId, version, planRevision: state.planRevision, source: input.source, startedAt },
    [...entering.values()],
  );
  const accepted = inserted.map(({ id, contactId }) => ({ contactId, enrolmentId: id }));
  const dues = new Set<number>();
  const passed: PassedSteps[] = [];
  for (const { contactId, enrolmentId } of accepted) {
    const place = entering.get(contactId)?.place;
    entering.delete(contactId);
    if (!place) continue;
    if (place.dueAt) dues.add(place.dueAt.getTime());
    if (place.skipped.length === 0 && place.exitReason === null && place.holdReason === null) continue;
    passed.push({ enrolmentId, contactId, sequenceId: input.sequenceId, version, epoch: 0, ...place.zone, placement: place });
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

type Place = Placement & NewPlace & { readonly zone: { readonly timeZone: string; readonly timeZoneOrigin: ZoneOrigin } };

/** Where a contact's run begins. Contacts of one zone share it, unless the plan goes by a date of the contact. */
function placesOf(state: RuledSequence, compiled: CompiledDefinition, startedAt: Date): (candidate: EnrolmentCandidate) => Place {
  const byFields = [...compiled.steps.values()].some(({ step }) => 'timing' in step && step.timing.kind === 'relativeToField');
  const places = new Map<string, Place>();
  return (candidate) => {
    const { zone: timeZone, origin: timeZoneOrigin } = resolveZone({
      definitionZone: compiled.definition.zone,
      contact: candidate,
      workspaceTimeZone: state.workspaceTimeZone,
    });
    const key = `${timeZone}|${timeZoneOrigin}`;
    const known = byFields ? undefined : places.get(key);
    if (known) return known;
    const context = walkContext(state, compiled, { startedAt, timeZone, fields: candidate.fields });
    const zone = { timeZone, timeZoneOrigin };
    const place = { ...placeFrom(firstStep(compiled), 1, startedAt, context), ...zone, zone };
    if (!byFields) places.set(key, place);
    return place;
  };
}
