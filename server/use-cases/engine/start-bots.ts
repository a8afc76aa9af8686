/** Starts the bots of a batch, and sorts them by what became of them. */
import type { Tx } from '#db/client.ts';
import { markWithBot } from '#db/queries/due-enrolments.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { type BotStart, startBotSessions } from '../chatbots/start-bot-sessions.ts';
import type { UndoneStep } from './render-steps.ts';

export interface StartedBots {
  /** They wait for the person's answer. */
  readonly started: readonly UndoneStep[];
  /** They said what they had to say and are done. */
  readonly ended: readonly { readonly one: UndoneStep; readonly outcome: string }[];
  /** They could not start: skips, with the reason. */
  readonly refused: readonly UndoneStep[];
}

export async function startBots(tx: Tx, workspaceId: WorkspaceId, decided: readonly UndoneStep[], at: Date): Promise<StartedBots> {
  const beginning = decided.flatMap((one) => {
    if (one.decision.kind !== 'startBot') return [];
    const { id, epoch, stepNumber, contactId } = one.row;
    const { step } = one.decision;
    const start: BotStart = { workspaceId, enrolmentId: id, enrolmentEpoch: epoch, stepNumber, contactId, at, ...step.chatbot };
    return [{ one, step, start }];
  });
  const results = await startBotSessions(
    tx,
    beginning.map(({ start }) => start),
  );
  const started: UndoneStep[] = [];
  const ended: { one: UndoneStep; outcome: string }[] = [];
  const refused: UndoneStep[] = [];
  beginning.forEach(({ one, step }, index) => {
    const result = results[index];
    if (result?.kind === 'started') started.push(one);
    else if (result?.kind === 'ended') ended.push({ one, outcome: result.outcome });
    else refused.push({ ...one, decision: { kind: 'skip', step, reason: result?.reason ?? 'notPublished' } });
  });
  await markWithBot(
    tx,
    workspaceId,
    started.map(({ row }) => row.id),
  );
  return { started, ended, refused };
}
