/** Whom a sequence would take in, asked before anybody is enrolled: the rules of `enrolContactsIn`, and nothing is held or written. */
import type { Db } from '#db/client.ts';
import { peekContactsInGroup, peekEnrolmentCandidates } from '#db/queries/enrolment-rows.ts';
import { fieldsRead } from '#server/domain/definition/compile.ts';
import type { RefusalReason } from '#server/domain/enrolment-events.ts';
import { refusalOf } from '#server/domain/entry.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { compiledVersion } from '../engine/compiled-version.ts';
import { reachOf } from '../engine/reach.ts';
import { findRuledSequence } from '../engine/workspace-rules.ts';
import { suppressedContacts, suppressedOf } from '../suppressions/suppressed-among.ts';
import { apartSuppressed, type ScreenedCandidates } from './apart-suppressed.ts';
import { enrollableVersion } from './enrol-contacts-in.ts';
import { groupMade, type MadeContact } from './group-made.ts';

export interface EnrolmentAsked {
  readonly contactId: string;
  readonly key: string;
  /** Kinds of channels that they would refuse by then, beside those that they refuse already. */
  readonly optedOutOf?: readonly string[];
}

export interface Forecast {
  /** Of contacts that exist, by contact; null for one who may enter. */
  of(asked: readonly EnrolmentAsked[]): Promise<ReadonlyMap<string, RefusalReason | null>>;
  /** Of contacts that would be made first, in their order. */
  ofNew(contacts: readonly MadeContact[]): Promise<(RefusalReason | null)[]>;
}

/** Throws as `enrolContactsIn` does. */
export async function forecastEnrolments(db: Db, workspaceId: WorkspaceId, sequenceId: string): Promise<Forecast> {
  const state = await findRuledSequence(db, workspaceId, sequenceId);
  if (!state) throw notFound('sequence', sequenceId);
  const compiled = await compiledVersion(db, workspaceId, sequenceId, enrollableVersion(state));
  const reach = await reachOf(db, workspaceId, compiled);
  const { exclusivityGroup: group, reentry } = compiled.definition;
  const fields = fieldsRead(compiled);
  const refusal = (candidates: ScreenedCandidates): RefusalReason | null =>
    refusalOf({ ...candidates, ...reach(candidates) }, reentry, state.now);
  return {
    async ofNew(contacts) {
      const isSuppressed = await suppressedOf(
        db,
        workspaceId,
        contacts.flatMap(({ phone, email }) => [phone, email]),
      );
      return contacts.map((contact) => {
        const kinds = (['phone', 'email'] as const).filter((kind) => isSuppressed(contact[kind] ?? ''));
        const [reason = null] = groupMade([contact], fields, () => '').map((group) => refusal({ ...group, suppressed: kinds }));
        return reason;
      });
    },
    async of(asked) {
      const contactIds = asked.map(({ contactId }) => contactId);
      const refused = new Map(asked.flatMap(({ contactId, optedOutOf = [] }) => (optedOutOf.length > 0 ? [[contactId, optedOutOf]] : [])));
      const keys = new Map(asked.map(({ contactId, key }) => [contactId, key]));
      const inGroup = group ? await peekContactsInGroup(db, workspaceId, { group, sequenceId, contactIds }) : new Set<string>();
      const keyOf = (contactId: string): string => keys.get(contactId) ?? '';
      const found = await peekEnrolmentCandidates(db, workspaceId, { sequenceId, contactIds, keyOf, fields, inGroup });
      const candidates = apartSuppressed(found, await suppressedContacts(db, workspaceId, state, contactIds));
      return new Map(
        candidates.flatMap((group) => {
          const reason = refusal(group);
          return group.contactIds.map((contactId) => {
            const more = refused.get(contactId);
            return [contactId, more ? refusal({ ...group, optedOutOf: [...group.optedOutOf, ...more] }) : reason] as const;
          });
        }),
      );
    },
  };
}
