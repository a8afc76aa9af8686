import type { Db } from '#db/client.ts';
import { lockExpiredBotSessions } from '#db/queries/bot-sessions.ts';
import { systemActor } from '#server/auth/actor.ts';
import { endBotSessions } from './end-bot-sessions.ts';

const batchSize = 200;

/** Ends the open sessions whose time is over, as unanswered at the instant it was over, and lets their enrolments go on.
 *  In batches of one transaction each. Answers how many there were. */
export async function expireBotSessions(db: Db, workspaceId: string): Promise<number> {
  const actor = systemActor(workspaceId);
  let total = 0;
  for (;;) {
    const ended = await db.transaction().execute(async (tx) => {
      const sessions = await lockExpiredBotSessions(tx, actor.workspaceId, batchSize);
      const endings = sessions.map((session) => ({ session, outcome: 'noAnswer' as const, at: session.expiresAt ?? session.startedAt }));
      await endBotSessions(tx, actor.workspaceId, endings);
      return sessions.length;
    });
    total += ended;
    if (ended < batchSize) return total;
  }
}
