import type { Tx } from '#db/client.ts';
import {
  absorbConversation,
  lockConversationsOf,
  lockOpenSessionsIn,
  moveConversations,
  silenceSessions,
  type TalkToMerge,
} from '#db/queries/conversation-merges.ts';
import { now } from '#server/platform/clock.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { BotEnd } from '../engine/advance-after-bot.ts';

export interface MergedConversations {
  /** How many of the merged contacts' conversations changed hands. */
  readonly conversations: number;
  /** Bots that fell silent because another one talks in the same conversation: their enrolments go on, once they are moved. */
  readonly botEnds: readonly BotEnd[];
}

/** One conversation for each channel account: the kept contact's own where it has one, else the oldest of the others. Of two
 *  bots that wait for an answer, the one in the conversation that stays goes on. The contacts are held. */
export async function mergeConversationsIn(
  tx: Tx,
  workspaceId: WorkspaceId,
  keepId: string,
  mergedIds: readonly string[],
): Promise<MergedConversations> {
  const talks = await lockConversationsOf(tx, workspaceId, [keepId, ...mergedIds]);
  const sessions = await lockOpenSessionsIn(
    tx,
    workspaceId,
    talks.map((talk) => talk.id),
  );
  const staying: TalkToMerge[] = [];
  const absorbed: { id: string; absorbedId: string }[] = [];
  for (const ofAccount of Map.groupBy(talks, (talk) => talk.channelAccountId).values()) {
    const stays = ofAccount.find((talk) => talk.contactId === keepId) ?? ofAccount[0];
    if (!stays) continue;
    staying.push(stays);
    for (const talk of ofAccount) if (talk.id !== stays.id) absorbed.push({ id: stays.id, absorbedId: talk.id });
  }
  const stayingOf = new Map(absorbed.map(({ id, absorbedId }) => [absorbedId, id]));
  const own = sessions.filter((session) => !stayingOf.has(session.conversationId));
  const taken = new Set(own.map((session) => session.conversationId));
  const silent = sessions.filter((session) => {
    const id = stayingOf.get(session.conversationId);
    if (id === undefined) return false;
    if (taken.has(id)) return true;
    taken.add(id);
    return false;
  });
  await silenceSessions(
    tx,
    workspaceId,
    silent.map((session) => session.id),
  );
  const handedOver = staying.filter((talk) => talk.contactId !== keepId).map((talk) => talk.id);
  for (const pair of absorbed) await absorbConversation(tx, workspaceId, pair);
  await moveConversations(tx, workspaceId, handedOver, keepId);

  const at = await now(tx);
  const botEnds = silent.flatMap(({ enrolmentId, stepNumber }): BotEnd[] =>
    enrolmentId === null || stepNumber === null ? [] : [{ workspaceId, enrolmentId, stepNumber, outcome: 'noAnswer', at }],
  );
  return { conversations: absorbed.length + handedOver.length, botEnds };
}
