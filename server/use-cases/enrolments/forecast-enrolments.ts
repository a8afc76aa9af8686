/** Whom a sequence would take in, asked before anybody is enrolled: the rules of `enrolContactsIn`, and nothing is held or written. */
import type { Db } from '#db/client.ts';
import { type EnrolmentAsked, type EnrolmentCandidate, peekContactsInGroup, peekEnrolmentCandidates } from '#db/queries/enrolment-rows.ts';
import type { RefusalReason } from '#server/domain/enrolment-events.ts';
import { refusalOf } from '#server/domain/entry.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { addressesOf, reachOf } from '../engine/reach.ts';
import { findRuledSequence } from '../engine/workspace-rules.ts';
import { type IsSuppressed, suppressedAmong } from '../suppressions/suppressed-among.ts';
import { enrollableVersion } from './enrol-contacts-in.ts';

export interface Forecast {
  /** Of contacts that exist, by contact; null for one who may enter. */
  of(asked: readonly EnrolmentAsked[]): Promise<ReadonlyMap<string, RefusalReason | null>>;
  /** Of contacts that would be made first, in their order. */
  ofNew(candidates: readonly EnrolmentCandidate[]): Promise<(RefusalReason | null)[]>;
}

/** Throws as `enrolContactsIn` does. */
export async function forecastEnrolments(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<Forecast> {
  const state = await findRuledSequence(db, workspaceId, sequenceId);
  if (!state) throw notFound('sequence', sequenceId);
  const compiled = await compiledVersion(db, workspaceId, sequenceId, enrollableVersion(state));
  const reach = await reachOf(db, workspaceId, compiled);
  const { exclusivityGroup: group, reentry } = compiled.definition;
  const refusal = (candidate: EnrolmentCandidate, isInGroup: boolean, isSuppressed: IsSuppressed): RefusalReason | null =>
    refusalOf({ ...candidate, ...reach(candidate, isSuppressed), isInGroup }, reentry, state.now);
  return {
    async ofNew(candidates) {
      const isSuppressed = await suppressedAmong(db, workspaceId, () => addressesOf(candidates));
      return candidates.map((candidate) => refusal(candidate, false, isSuppressed));
    },
    async of(asked) {
      const contactIds = asked.map(({ contactId }) => contactId);
      const inGroup = group ? await peekContactsInGroup(db, workspaceId, { group, sequenceId, contactIds }) : new Set<string>();
      const candidates = await peekEnrolmentCandidates(db, workspaceId, { sequenceId, asked });
      const isSuppressed = await suppressedAmong(db, workspaceId, () => addressesOf(candidates));
      return new Map(
        candidates.map((candidate) => [candidate.contactId, refusal(candidate, inGroup.has(candidate.contactId), isSuppressed)]),
      );
    },
  };
}
