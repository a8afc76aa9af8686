import type { Tx } from '#db/client.ts';
import { listBotSubjects, lockOpenBotSession, updateBotSession } from '#db/queries/bot-sessions.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { systemActor } from '#server/auth/actor.ts';
import { answer } from '#server/domain/chatbot/interpreter.ts';
import { now } from '#server/platform/clock.ts';
import { applyBotTurns } from './apply-bot-turns.ts';
import { botFacts } from './bot-facts.ts';
import { endBotSessions } from './end-bot-sessions.ts';

export interface BotInbound {
  readonly workspaceId: string;
  readonly conversationId: string;
  readonly text: string;
  /** When the contact wrote it. */
  readonly at: Date;
}

/** Gives what a contact wrote to the open bot session of the conversation: under its lock, the answer is stored, the bot's
 *  next messages are queued, and an end goes on to the enrolment. Answers whether a bot took it; then it is no reply.
 *  It is not taken when no session is open, when a person of the team has the conversation, when it was written before the
 *  bot began, or after its time was over. An enrolment that ended or moved meanwhile does not advance; the bot still
 *  answers the person who writes. */
export async function answerBot(tx: Tx, inbound: BotInbound): Promise<boolean> {
  const { workspaceId } = systemActor(inbound.workspaceId);
  const session = await lockOpenBotSession(tx, workspaceId, inbound.conversationId);
  if (!session || inbound.at < session.startedAt) return false;
  if (session.expiresAt !== null && inbound.at >= session.expiresAt) {
    await endBotSessions(tx, workspaceId, [{ session, outcome: 'noAnswer', at: session.expiresAt }]);
    return false;
  }

  const at = await now(tx);
  const [subject] = await listBotSubjects(tx, workspaceId, [session]);
  if (!subject) return false;
  const { state, effects } = answer(session.flow, session.state, inbound.text, botFacts(subject, at));
  const turn = session.turn + 1;
  const expiresAt = session.timeoutMinutes === null ? null : new Date(at.getTime() + session.timeoutMinutes * 60_000);
  await updateBotSession(tx, workspaceId, session.id, { state, turn, expiresAt });
  const accounts = await applyBotTurns(tx, workspaceId, [{ ...session, sessionId: session.id, turn, at, effects }]);
  if (state.outcome !== null) await endBotSessions(tx, workspaceId, [{ session, outcome: state.outcome, at }]);
  await setAlarms(
    tx,
    accounts.map((channelAccountId) => ({ queue: 'account.deliver', workspaceId, channelAccountId, at })),
  );
  return true;
}
