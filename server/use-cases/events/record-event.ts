/** Takes in what happened to a contact elsewhere: a sale, a booking, a payment. It reaches the goals that wait for it. */
import type { Db, Tx } from '#db/client.ts';
import { insertContactEvent } from '#db/queries/contact-events.ts';
import { type Actor, actorId } from '#server/auth/actor.ts';
import { now } from '#server/platform/clock.ts';
import { DomainError } from '#server/platform/errors.ts';
import { heldContactId } from '../contacts/held-contact-id.ts';
import { openPlansOf } from '../engine/open-plans.ts';
import { retryOnConflict } from '../engine/retry-on-conflict.ts';
import { answerOnce } from '../enrolments/answer-once.ts';
import { endEnrolmentsIn } from '../enrolments/end-enrolments-in.ts';

export interface RecordEventInput {
  readonly contactId: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
  /** ISO instant; now when missing. */
  readonly occurredAt?: string | undefined;
  /** The same request with the same key is done once, and answered the same again. */
  readonly idempotencyKey?: string | undefined;
}

export interface RecordEventAnswer {
  readonly id: string;
  /** The enrolments that ended with `goal`. */
  readonly goals: readonly { readonly enrolmentId: string }[];
}

/** How far ahead of ours a sender's clock may be. */
const clockSkewMs = 5 * 60_000;

/** Throws `notFound` for a contact of elsewhere, `invalid` for an instant that lies ahead. An event that is older than an
 *  enrolment does not end it. */
export function recordEvent(db: Db, actor: Actor, input: RecordEventInput): Promise<RecordEventAnswer> {
  const inOne = (tx: Tx): Promise<RecordEventAnswer> =>
    answerOnce(tx, actor.workspaceId, 'events.record', input, () => record(tx, actor, input));
  return retryOnConflict(() => db.transaction().execute(inOne));
}

async function record(tx: Tx, actor: Actor, input: RecordEventInput): Promise<RecordEventAnswer> {
  const { workspaceId } = actor;
  const { name, properties } = input;
  const contactId = await heldContactId(tx, workspaceId, input.contactId);
  const present = await now(tx);
  const occurredAt = input.occurredAt === undefined ? present : new Date(input.occurredAt);
  if (occurredAt.getTime() > present.getTime() + clockSkewMs) {
    throw new DomainError(
      'invalid',
      'An event cannot lie ahead. Send `occurredAt` as the instant when it happened, in UTC or with its offset.',
      {
        field: 'occurredAt',
      },
    );
  }
  const id = await insertContactEvent(tx, workspaceId, { contactId, name, properties, occurredAt });
  const reached = (await openPlansOf(tx, workspaceId, contactId)).filter(
    ({ compiled, startedAt }) => compiled.definition.goal?.event === name && startedAt <= occurredAt,
  );
  const ids = reached.map((enrolment) => enrolment.id);
  const { accepted } = await endEnrolmentsIn(tx, workspaceId, ids, 'goal', { kind: actor.kind, id: actorId(actor) });
  return { id, goals: accepted.map((enrolmentId) => ({ enrolmentId })) };
}
