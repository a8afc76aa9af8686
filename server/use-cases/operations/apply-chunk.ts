/** One chunk of every kind of operation: which rows come next, and what happens to them. */
import type { Tx } from '#db/client.ts';
import { listContactIdsAfter } from '#db/queries/contact-search.ts';
import type { EventActor } from '#db/queries/enrolment-events.ts';
import { listTargetIds } from '#db/queries/enrolment-lists.ts';
import { listOpenEnrolmentIds, listOpenEnrolmentIdsOf } from '#db/queries/open-enrolments.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { EnrolmentTarget, Operation } from '#server/domain/operation.ts';
import { changeContactsIn } from '../contacts/change-contacts.ts';
import { findDuplicatesIn } from '../contacts/find-duplicates.ts';
import { moveEnrolmentsIn } from '../engine/move-enrolments-in.ts';
import { replanEnrolmentsIn } from '../engine/replan-enrolments-in.ts';
import { shiftEnrolmentsIn } from '../engine/shift-enrolments-in.ts';
import { applyControl } from '../enrolments/apply-control.ts';
import type { ControlAnswer } from '../enrolments/control-answer.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';
import { enrolContactsIn } from '../enrolments/enrol-contacts-in.ts';
import { runSequenceAgain } from '../sequences/resume-sequence.ts';

export const chunkSize = 2_000;

export interface Chunk {
  readonly cursor: string | null;
  readonly done: number;
  readonly accepted: number;
  readonly refused: readonly Readonly<Record<string, string>>[];
  readonly finished: boolean;
}

/** Applies the rows after `cursor`. `id`: of the operation as it stands in the tables. `by` is who asked for it: the ledger names them. */
export async function applyChunk(
  tx: Tx,
  actor: Actor,
  operation: Operation,
  { id, cursor, by }: { readonly id: string; readonly cursor: string | null; readonly by: EventActor },
): Promise<Chunk> {
  const { workspaceId } = actor;
  const next = { after: cursor, limit: chunkSize };
  const matching = (target: EnrolmentTarget): Promise<string[]> => listTargetIds(tx, workspaceId, target, next);
  const open = (sequenceId: string): Promise<string[]> => listOpenEnrolmentIds(tx, workspaceId, sequenceId, next);
  const over = async (chunk: Promise<string[]>, apply: (ids: string[]) => Promise<ControlAnswer>): Promise<Chunk> => {
    const ids = await chunk;
    const { accepted, refused } = await apply(ids);
    return chunkOf(
      ids,
      accepted.length,
      refused.map((refusal) => ({ ...refusal })),
    );
  };
  switch (operation.kind) {
    case 'enrolContacts': {
      const ids = await listContactIdsAfter(tx, workspaceId, operation.target, next);
      const startAt = operation.startAt ? new Date(operation.startAt) : undefined;
      const answer = await enrolContactsIn(tx, actor, { ...operation, contactIds: ids, startAt });
      return chunkOf(
        ids,
        answer.accepted.length,
        answer.refused.map((refusal) => ({ ...refusal })),
      );
    }
    case 'tagContacts':
    case 'untagContacts':
    case 'setContactField':
    case 'setContactOwner':
    case 'removeFromSequence':
    case 'deleteContacts': {
      // Who comes in later was not among those whom somebody saw and said to delete.
      const since = operation.kind === 'deleteContacts' ? id : null;
      const ids = await listContactIdsAfter(tx, workspaceId, operation.target, { ...next, since });
      const { accepted, refused } = await changeContactsIn(tx, workspaceId, ids, operation, by);
      return chunkOf(
        ids,
        accepted.count,
        refused.map((refusal) => ({ ...refusal })),
      );
    }
    case 'findDuplicates': {
      const groups = await findDuplicatesIn(tx, workspaceId);
      return { cursor: null, done: groups, accepted: groups, refused: [], finished: true };
    }
    case 'controlEnrolments':
      return over(matching(operation.target), (ids) => applyControl(tx, workspaceId, ids, operation.control, by));
    case 'archiveSequence':
      return over(open(operation.sequenceId), (ids) => endEnrolmentsIn(tx, workspaceId, ids, 'sequenceArchived', by));
    case 'moveEnrolments':
      return over(open(operation.sequenceId), (ids) => moveEnrolmentsIn(tx, workspaceId, operation.sequenceId, ids, by));
    case 'replanEnrolments':
      return over(listOpenEnrolmentIdsOf(tx, workspaceId, operation.sequenceIds, next), (ids) =>
        replanEnrolmentsIn(tx, workspaceId, ids, operation.why, by),
      );
    case 'resumeSequence': {
      const chunk = await over(open(operation.sequenceId), (ids) => shiftEnrolmentsIn(tx, workspaceId, operation, ids, by));
      if (chunk.finished) await runSequenceAgain(tx, workspaceId, operation.sequenceId);
      return chunk;
    }
  }
}

function chunkOf(ids: readonly string[], accepted: number, refused: Chunk['refused']): Chunk {
  return { cursor: ids.at(-1) ?? null, done: ids.length, accepted, refused, finished: ids.length < chunkSize };
}
