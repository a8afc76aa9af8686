/** Enrols contacts in one statement per table, inside the caller's transaction. */
import type { Tx } from '#db/client.ts';
import {
  type EnrolmentCandidates,
  insertEnrolments,
  listContactsInGroup,
  listEnrolmentCandidates,
  type NewEnrolments,
} from '#db/queries/enrolment-rows.ts';
import { type SequenceState, shareSequence } from '#db/queries/sequence-plans.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type CompiledDefinition, fieldsRead, firstStep } from '#server/domain/definition/compile.ts';
import type { RefusalReason } from '#server/domain/enrolment-events.ts';
import { refusalOf } from '#server/domain/entry.ts';
import { type Placement, placeFrom } from '#server/domain/placement.ts';
import { resolveZone } from '#server/domain/time/zone.ts';
import { DomainError, notFound } from '#server/platform/errors.ts';
import { namingKept } from '../contacts/merged-away.ts';
import { apartSuppressed } from './apart-suppressed.ts';
import { groupMade, type MadeContact } from './group-made.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { reachOf } from '../engine/reach.ts';
import { type PassedSteps, recordPassedSteps } from '../engine/record-passed-steps.ts';
import { walkContext } from '../engine/sequence-plan.ts';
import { type RuledSequence, withRules } from '../engine/workspace-rules.ts';
import { suppressedContacts } from '../suppressions/suppressed-among.ts';

export interface EnrolInput {
  readonly sequenceId: string;
  readonly contactIds: readonly string[];
  /** Distinguishes parallel runs of one contact, like an invoice number. */
  readonly key?: string | undefined;
  /** Keys of their own, by contact; those that are not here have `key`. */
  readonly keys?: ReadonlyMap<string, string> | undefined;
  /** Those of the contacts that this transaction itself has made: nobody else knows them, so nothing is looked up about them. */
  readonly made?: readonly MadeContact[] | undefined;
  /** When the run starts; now when missing. */
  readonly startAt?: Date | undefined;
  readonly source: 'manual' | 'csv' | 'api' | 'sequence' | 'trigger';
}

export interface EnrolAnswer {
  readonly accepted: { readonly contactId: string; readonly enrolmentId: string }[];
  /** `mergedInto`: the contact that was kept, of one that was merged. Nobody enters a sequence by an id of earlier. */
  readonly refused: { readonly contactId: string; readonly reason: RefusalReason; readonly mergedInto?: string }[];
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
  const keyOf = (contactId: string): string => input.keys?.get(contactId) ?? input.key ?? '';
  const group = compiled.definition.exclusivityGroup;
  const inGroup: ReadonlySet<string> = group
    ? await listContactsInGroup(tx, workspaceId, { group, sequenceId: input.sequenceId, contactIds })
    : new Set();
  const fields = fieldsRead(compiled);
  const made = input.made ?? [];
  const madeIds = new Set(made.map(({ contactId }) => contactId));
  const found = [
    ...groupMade(made, fields, keyOf),
    ...(await listEnrolmentCandidates(tx, workspaceId, {
      sequenceId: input.sequenceId,
      contactIds: madeIds.size === 0 ? contactIds : contactIds.filter((id) => !madeIds.has(id)),
      keyOf,
      fields,
      inGroup,
    })),
  ];
  const candidates = apartSuppressed(found, await suppressedContacts(tx, workspaceId, state, contactIds));

  const startedAt = input.startAt ?? state.now;
  const refused: { contactId: string; reason: RefusalReason }[] = [];
  const refuse = (ids: Iterable<string>, reason: RefusalReason): void => {
    for (const contactId of ids) refused.push({ contactId, reason });
  };
  const unknown = new Set(contactIds);
  const entering: Entry[] = [];
  for (const candidate of candidates) {
    for (const contactId of candidate.contactIds) unknown.delete(contactId);
    const reason = refusalOf({ ...candidate, ...reach(candidate) }, compiled.definition.reentry, state.now);
    if (reason) refuse(candidate.contactIds, reason);
    else entering.push(entryOf(candidate, state, compiled, startedAt));
  }
  refuse(unknown, 'notFound');

  const inserted = await insertEnrolments(
    tx,
    workspaceId,
    {
      sequenceId: input.sequenceId,
      version,
      planRevision: state.planRevision,
      source: input.source,
      startedAt,
      ofMade: madeIds.size === contactIds.length,
    },
    entering.map(({ row }) => row),
  );
  const enrolmentOf = new Map(inserted.map(({ id, contactId }) => [contactId, id]));
  for (const { row } of entering) {
    const late = row.contactIds.filter((contactId) => !enrolmentOf.has(contactId));
    refuse(late, 'alreadyActive');
  }
  await recordPassedSteps(
    tx,
    workspaceId,
    entering
      .filter(({ placement }) => passesAnything(placement))
      .flatMap((entry) => passedOf(entry, enrolmentOf, input.sequenceId, version)),
  );
  const alarms = entering.flatMap(({ placement: { dueAt } }) =>
    dueAt ? [{ queue: 'sequence.advance' as const, workspaceId, sequenceId: input.sequenceId, at: dueAt }] : [],
  );
  await setAlarms(tx, alarms);
  return {
    accepted: inserted.map(({ id, contactId }) => ({ contactId, enrolmentId: id })),
    refused: await namingKept(tx, workspaceId, refused),
  };
}

/** Contacts who enter together, and where. */
interface Entry {
  readonly row: NewEnrolments;
  readonly placement: Placement;
}

function passesAnything({ skipped, exitReason, holdReason }: Placement): boolean {
  return skipped.length > 0 || exitReason !== null || holdReason !== null;
}

function passedOf({ row, placement }: Entry, enrolmentOf: ReadonlyMap<string, string>, sequenceId: string, version: number): PassedSteps[] {
  const { timeZone, timeZoneOrigin } = row;
  return row.contactIds.flatMap((contactId) => {
    const enrolmentId = enrolmentOf.get(contactId);
    return enrolmentId ? [{ enrolmentId, contactId, sequenceId, version, epoch: 0, timeZone, timeZoneOrigin, placement }] : [];
  });
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

function entryOf(candidates: EnrolmentCandidates, state: RuledSequence, compiled: CompiledDefinition, startedAt: Date): Entry {
  const { zone, origin } = resolveZone({
    definitionZone: compiled.definition.zone,
    contact: candidates,
    workspaceTimeZone: state.workspaceTimeZone,
  });
  const context = walkContext(state, compiled, { startedAt, timeZone: zone, fields: candidates.fields });
  const placement = placeFrom(firstStep(compiled), 1, startedAt, context);
  return {
    row: { contactIds: candidates.contactIds, key: candidates.key, ...placement, timeZone: zone, timeZoneOrigin: origin },
    placement,
  };
}
