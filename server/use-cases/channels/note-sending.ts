/** Says on a channel account what keeps it from sending, and that it sends again, from the answers as they come. */
import type { Db } from '#db/client.ts';
import { recordAccountTrouble } from '#db/queries/channel-accounts.ts';
import type { ChannelProblemCode, SendResult } from '#server/channels/channel.ts';
import { log } from '#server/platform/log.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

interface Answered {
  readonly outgoing: { readonly channelAccountId: string };
  readonly result: SendResult;
}

interface Noted {
  readonly problem: ChannelProblemCode | null;
  readonly atMs: number;
}

/** What stands is written again after this long, since other processes write too. */
const restMs = 15_000;
const noted = new WeakMap<Db, Map<string, Noted>>();

/** One message that was accepted clears the trouble; else the last problem of the account itself is noted. At most one
 *  write per account in 15 seconds while nothing changes. Never throws: sending does not depend on it. */
export async function noteSending(db: Db, workspaceId: WorkspaceId, answers: readonly Answered[]): Promise<void> {
  for (const [accountId, ofAccount] of Map.groupBy(answers, ({ outgoing }) => outgoing.channelAccountId)) {
    const problem = problemIn(ofAccount);
    if (problem === undefined) continue;
    const known = noted.get(db) ?? new Map<string, Noted>();
    noted.set(db, known);
    const key = `${workspaceId}:${accountId}`;
    const before = known.get(key);
    if (before && before.problem === problem && performance.now() - before.atMs < restMs) continue;
    known.set(key, { problem, atMs: performance.now() });
    try {
      await recordAccountTrouble(db, workspaceId, accountId, problem);
    } catch (error) {
      known.delete(key);
      log.warn({ err: error, workspaceId, channelAccountId: accountId }, 'the state of a channel account could not be noted');
    }
  }
}

/** Null: it sends. Undefined: these answers say nothing about the account. */
function problemIn(answers: readonly Answered[]): ChannelProblemCode | null | undefined {
  if (answers.some(({ result }) => result.kind === 'accepted')) return null;
  return answers
    .map(({ result }) => (result.kind === 'retry' ? result.accountProblem : undefined))
    .findLast((problem) => problem !== undefined);
}
