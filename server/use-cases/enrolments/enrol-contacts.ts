/** Enrols contacts in a sequence: up to 1,000 at once, more by an operation that a worker applies. */
import type { Db, Tx } from '#db/client.ts';
import { insertAuditEntry } from '#db/queries/audit.ts';
import { findSequenceState } from '#db/queries/sequence-plans.ts';
import type { Actor } from '#server/auth/actor.ts';
import { type ContactTarget, directLimit } from '#server/domain/operation.ts';
import { notFound } from '#server/platform/errors.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { startOperation } from '../operations/start-operation.ts';
import { contactIdsMatching, countContacts } from '#db/queries/contact-search.ts';
import { conditionOf } from '#server/domain/contact/write-out.ts';
import { settledTarget } from '../contacts/filter-condition.ts';
import { enrollableVersion, enrolContactsIn } from './enrol-contacts-in.ts';
import type { RefusalReason } from '#server/domain/enrolment-events.ts';
import { answerOnce } from './answer-once.ts';

export interface EnrolContactsInput {
  readonly sequenceId: string;
  readonly target: ContactTarget;
  readonly key?: string | undefined;
  /** ISO instant. */
  readonly startAt?: string | undefined;
  /** The same request with the same key is done once, and answered the same again. */
  readonly idempotencyKey?: string | undefined;
}

/** Either the outcome per contact, or the operation to follow. */
export type EnrolContactsAnswer =
  | {
      readonly accepted: readonly { readonly contactId: string; readonly enrolmentId: string }[];
      readonly refused: readonly { readonly contactId: string; readonly reason: RefusalReason; readonly mergedInto?: string }[];
    }
  | { readonly operationId: string };

export async function enrolContacts(db: Db, actor: Actor, input: EnrolContactsInput): Promise<EnrolContactsAnswer> {
  return retryOnConflict(() =>
    db.transaction().execute((tx) => answerOnce(tx, actor.workspaceId, 'enrolments.enrol', input, () => enrol(tx, actor, input))),
  );
}

async function enrol(tx: Tx, actor: Actor, input: EnrolContactsInput): Promise<EnrolContactsAnswer> {
  const { sequenceId, key, startAt } = input;
  const target = await settledTarget(tx, actor.workspaceId, input.target);
  const source = actor.kind === 'apiKey' ? 'api' : 'manual';
  const subject = { kind: 'sequence', id: sequenceId };
  const direct = await directIds(tx, actor.workspaceId, target);
  if (direct) {
    const at = startAt ? new Date(startAt) : undefined;
    const answer = await enrolContactsIn(tx, actor, { sequenceId, contactIds: direct, key, startAt: at, source });
    await insertAuditEntry(tx, actor, 'contacts.enrolled', subject, { accepted: answer.accepted.length, refused: answer.refused.length });
    return answer;
  }
  const state = await findSequenceState(tx, actor.workspaceId, sequenceId);
  if (!state) throw notFound('sequence', sequenceId);
  enrollableVersion(state);
  const total =
    'contactIds' in target ? new Set(target.contactIds).size : await countContacts(tx, actor.workspaceId, conditionOf(target.filter));
  const operationId = await startOperation(tx, actor, { kind: 'enrolContacts', sequenceId, target, key, startAt, source }, total);
  await insertAuditEntry(tx, actor, 'contacts.enrolled', subject, { operationId, total });
  return { operationId };
}

/** The ids that the target means, when they are few enough to be done at once; null when they are more. */
async function directIds(tx: Tx, workspaceId: WorkspaceId, target: ContactTarget): Promise<readonly string[] | null> {
  if ('contactIds' in target) return target.contactIds.length <= directLimit ? target.contactIds : null;
  const rows = await contactIdsMatching(tx, workspaceId, conditionOf(target.filter))
    .limit(directLimit + 1)
    .execute();
  return rows.length <= directLimit ? rows.map((row) => row.id) : null;
}
