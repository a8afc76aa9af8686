/** One set of a trigger's occasions: who meets its condition is enrolled, everybody else is counted with the reason. */
import type { Tx } from '#db/client.ts';
import { listMatchingIds } from '#db/queries/contact-search.ts';
import { listKnownContactIds } from '#db/queries/contacts.ts';
import { shareSequence } from '#db/queries/sequence-plans.ts';
import {
  addTallies,
  listChainDepths,
  listSeenSilences,
  type Occasion,
  type Remembered,
  rememberContacts,
  takeOccasions,
} from '#db/queries/trigger-occasions.ts';
import { shareTrigger, type TriggerRow } from '#db/queries/triggers.ts';
import { systemActor } from '#server/auth/actor.ts';
import { longestChain, type TriggerRefusal, triggerConditionSchema } from '#server/domain/trigger.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { enrolContactsIn } from '../enrolments/enrol-contacts-in.ts';
import { conditionNow } from './condition-now.ts';

/** Answers how many occasions it took. */
export async function letIn(tx: Tx, workspaceId: WorkspaceId, triggerId: string, limit: number): Promise<number> {
  const trigger = await shareTrigger(tx, workspaceId, triggerId);
  if (!trigger) return 0;
  const occasions = await takeOccasions(tx, workspaceId, triggerId, limit);
  const people = await peopleOf(tx, workspaceId, triggerId, occasions);
  const refused = await refusalsBefore(tx, workspaceId, trigger, people);
  const entering = [...people.keys()].filter((contactId) => !refused.has(contactId));
  const answer = await enrol(tx, workspaceId, trigger, entering);
  for (const { contactId, reason } of answer.refused) refused.set(contactId, reason);

  const remembered = entering.flatMap((contactId): Remembered[] => {
    const person = people.get(contactId);
    if (!person || refused.get(contactId) === 'notFound') return [];
    const depth = refused.has(contactId) ? null : person.depth;
    return depth === null && person.silentSince === null ? [] : [{ contactId, depth, silentSince: person.silentSince }];
  });
  await rememberContacts(tx, workspaceId, triggerId, remembered);
  await addTallies(tx, workspaceId, triggerId, countOutcomes(people.keys(), refused));
  return occasions.length;
}

interface Person {
  /** Automatic entries in a row before this one. */
  readonly depth: number;
  readonly silentSince: Date | null;
}

/** Several occasions of one contact that waited together are one; a silence that was seen before is none. */
async function peopleOf(
  tx: Tx,
  workspaceId: WorkspaceId,
  triggerId: string,
  occasions: readonly Occasion[],
): Promise<ReadonlyMap<string, Person>> {
  const seen = await listSeenSilences(
    tx,
    workspaceId,
    triggerId,
    occasions.filter(({ silentSince }) => silentSince !== null),
  );
  const byEngine = new Map<string, boolean>();
  for (const occasion of occasions) byEngine.set(occasion.contactId, occasion.byEngine && (byEngine.get(occasion.contactId) ?? true));
  const depths = await listChainDepths(
    tx,
    workspaceId,
    [...byEngine].flatMap(([contactId, isEngine]) => (isEngine ? [contactId] : [])),
  );
  const people = new Map<string, Person>();
  for (const { contactId, silentSince } of occasions) {
    if (silentSince !== null && seen.has(contactId)) continue;
    people.set(contactId, { depth: byEngine.get(contactId) ? 1 + (depths.get(contactId) ?? 0) : 0, silentSince });
  }
  return people;
}

/** Whom the trigger itself refuses, before the sequence is asked. */
async function refusalsBefore(
  tx: Tx,
  workspaceId: WorkspaceId,
  trigger: TriggerRow,
  people: ReadonlyMap<string, Person>,
): Promise<Map<string, TriggerRefusal>> {
  const contactIds = [...people.keys()];
  const whole = await closedFor(tx, workspaceId, trigger);
  if (whole) return new Map(contactIds.map((contactId) => [contactId, whole]));
  const refused = new Map<string, TriggerRefusal>();
  const condition = triggerConditionSchema.parse(trigger.condition);
  if (Object.keys(condition).length > 0) {
    const matching = await listMatchingIds(tx, workspaceId, await conditionNow(tx, workspaceId, condition), contactIds);
    const others = contactIds.filter((contactId) => !matching.has(contactId));
    const known = new Set(await listKnownContactIds(tx, workspaceId, others));
    for (const contactId of others) refused.set(contactId, known.has(contactId) ? 'conditionNotMet' : 'notFound');
  }
  for (const [contactId, { depth }] of people) if (depth > longestChain) refused.set(contactId, 'loop');
  return refused;
}

async function closedFor(tx: Tx, workspaceId: WorkspaceId, trigger: TriggerRow): Promise<TriggerRefusal | null> {
  if (!trigger.enabled) return 'triggerOff';
  const sequence = await shareSequence(tx, workspaceId, trigger.sequenceId);
  if (!sequence || sequence.liveVersion === null) return 'sequenceNotPublished';
  return sequence.status === 'archived' ? 'sequenceArchived' : null;
}

async function enrol(tx: Tx, workspaceId: WorkspaceId, { sequenceId }: TriggerRow, contactIds: readonly string[]) {
  if (contactIds.length === 0) return { accepted: [], refused: [] };
  return enrolContactsIn(tx, systemActor(workspaceId), { sequenceId, contactIds, source: 'trigger' });
}

function countOutcomes(contactIds: Iterable<string>, refused: ReadonlyMap<string, TriggerRefusal>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const contactId of contactIds) {
    const outcome = refused.get(contactId) ?? 'enrolled';
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  }
  return counts;
}
