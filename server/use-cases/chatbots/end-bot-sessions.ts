import type { Tx } from '#db/client.ts';
import { closeBotSessions, markConversationsWaiting, type OpenBotSession } from '#db/queries/bot-sessions.ts';
import type { BotOutcome } from '#server/domain/chatbot/interpreter.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { advanceAfterBots } from '#server/use-cases/engine/advance-after-bot.ts';

export interface BotEnding {
  readonly session: OpenBotSession;
  readonly outcome: BotOutcome;
  readonly at: Date;
}

/** Ends sessions that are held, and lets their enrolments go on. Asking for a person marks the conversation as waiting
 *  for one: taken over, by nobody yet. */
export async function endBotSessions(tx: Tx, workspaceId: WorkspaceId, endings: readonly BotEnding[]): Promise<void> {
  await closeBotSessions(
    tx,
    workspaceId,
    endings.map(({ session, outcome, at }) => ({ id: session.id, outcome, at })),
  );
  const handedOff = endings.filter((ending) => ending.outcome === 'handoff');
  await markConversationsWaiting(
    tx,
    workspaceId,
    handedOff.map(({ session, at }) => ({ conversationId: session.conversationId, at })),
  );
  const ends = endings.flatMap(({ session: { enrolmentId, stepNumber }, outcome, at }) =>
    enrolmentId === null || stepNumber === null ? [] : [{ workspaceId, enrolmentId, stepNumber, outcome, at }],
  );
  // An enrolment may have left an earlier bot's step while that session went on: the newest step counts.
  ends.sort((a, b) => a.stepNumber - b.stepNumber);
  await advanceAfterBots(tx, [...new Map(ends.map((end) => [end.enrolmentId, end])).values()]);
}
