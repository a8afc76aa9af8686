/** Calls providers, outside of any transaction, and hands the answers on in small sets as they come. One per worker. */
import type { SendResult } from '#server/channels/channel.ts';
import { log } from '#server/platform/log.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { type Outgoing, sendTimeoutMs, type Settled } from './outgoing.ts';

export interface SenderLike {
  send(message: Outgoing['message'], signal: AbortSignal): Promise<SendResult>;
}

export interface Dispatcher {
  /** Begins to send all of them at once; resolves when all are settled. `claimedAt`: the database's clock at this moment. */
  dispatch(outgoing: readonly Outgoing[], claimedAt: Date): Promise<void>;
  /** Messages of an account that have no settled answer yet. */
  underWay(channelAccountId: string): number;
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>;
  /** Resolves when fewer than `limit` messages are under way in all. */
  room(limit: number): Promise<void>;
}

export interface DispatcherDeps {
  senderFor(workspaceId: WorkspaceId, channelAccountId: string): Promise<SenderLike>;
  settle(workspaceId: WorkspaceId, settled: readonly Settled[]): Promise<void>;
  /** Everything of these claims is settled. */
  close(workspaceId: WorkspaceId, tokens: readonly string[]): Promise<void>;
}

const largestSet = 500;
/** One set is read and written while the commit of another is waited for. */
const settlesAtOnce = 2;
const settleTries = 8;

interface Answer {
  readonly settled: Settled;
  readonly done: () => void;
}

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const underWay = new Map<string, number>();
  /** How much of a claim is not settled; a claim of which anything could not be settled is left to its lease. */
  const open = new Map<string, number>();
  let total = 0;
  let answers: Answer[] = [];
  let settling = 0;
  const waiters: { limit: number; go: () => void }[] = [];

  const count = (channelAccountId: string, by: number): void => {
    total += by;
    const left = (underWay.get(channelAccountId) ?? 0) + by;
    if (left > 0) underWay.set(channelAccountId, left);
    else underWay.delete(channelAccountId);
  };

  const wake = (): void => {
    for (let index = waiters.length - 1; index >= 0; index--) {
      const waiter = waiters[index];
      if (waiter && total < waiter.limit) {
        waiters.splice(index, 1);
        waiter.go();
      }
    }
  };

  const settleSet = async (set: readonly Answer[]): Promise<void> => {
    const settled = set.map((answer) => answer.settled);
    for (const [workspaceId, ofWorkspace] of Map.groupBy(settled, (one) => one.outgoing.workspaceId)) {
      const isSettled = await settleWithRetries(deps, workspaceId, ofWorkspace);
      const closed = countDown(open, ofWorkspace, isSettled);
      if (closed.length > 0) await closeQuietly(deps, workspaceId, closed);
    }
    for (const { outgoing } of settled) count(outgoing.channelAccountId, -1);
    for (const { done } of set) done();
    wake();
  };

  const flush = async (): Promise<void> => {
    while (answers.length > 0) {
      const set = answers.slice(0, largestSet);
      answers = answers.slice(largestSet);
      await settleSet(set);
    }
    settling -= 1;
  };

  const answered = (settled: Settled, done: () => void): void => {
    answers.push({ settled, done });
    // What comes while a set is settled waits for the next one, unless it is a full set itself.
    if (settling >= settlesAtOnce || (settling > 0 && answers.length < largestSet)) return;
    settling += 1;
    setImmediate(() => void flush());
  };

  const sendAll = async (channelAccountId: string, outgoing: readonly Outgoing[], clock: () => Date, done: () => void): Promise<void> => {
    const [first] = outgoing;
    if (!first) return;
    let sender: SenderLike;
    try {
      sender = await deps.senderFor(first.workspaceId, channelAccountId);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      for (const one of outgoing)
        answered({ outgoing: one, result: { kind: 'retry', code: 'account', message, afterMs: null }, at: clock() }, done);
      return;
    }
    for (const one of outgoing) void sendOne(sender, one).then((result) => answered({ outgoing: one, result, at: clock() }, done));
  };

  return {
    dispatch(outgoing, claimedAt) {
      const startedMs = performance.now();
      const clock = (): Date => new Date(claimedAt.getTime() + (performance.now() - startedMs));
      let left = outgoing.length;
      if (left === 0) return Promise.resolve();
      for (const { token } of outgoing) open.set(token, (open.get(token) ?? 0) + 1);
      return new Promise((settled) => {
        const done = (): void => {
          left -= 1;
          if (left === 0) settled();
        };
        for (const [channelAccountId, ofAccount] of Map.groupBy(outgoing, (one) => one.channelAccountId)) {
          count(channelAccountId, ofAccount.length);
          void sendAll(channelAccountId, ofAccount, clock, done);
        }
      });
    },
    underWay: (channelAccountId) => underWay.get(channelAccountId) ?? 0,
    idle: () => (total === 0 ? Promise.resolve() : new Promise((go) => waiters.push({ limit: 1, go }))),
    room: (limit) => (total < limit ? Promise.resolve() : new Promise((go) => waiters.push({ limit, go }))),
  };
}

async function sendOne(sender: SenderLike, outgoing: Outgoing): Promise<SendResult> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), sendTimeoutMs);
  try {
    return await sender.send(outgoing.message, controller.signal);
  } catch (error) {
    log.error({ err: error, messageId: outgoing.message.id }, 'a channel threw instead of answering');
    return { kind: 'unknown', code: 'internal', message: 'The channel failed without an answer.' };
  } finally {
    clearTimeout(timer);
  }
}

/** The answers exist only here until they are settled, so a database that is away for a moment is waited for. Given up,
 *  the messages become `unknown` when their lease runs out. */
async function settleWithRetries(deps: DispatcherDeps, workspaceId: WorkspaceId, settled: readonly Settled[]): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    try {
      await deps.settle(workspaceId, settled);
      return true;
    } catch (error) {
      log.error({ err: error, workspaceId, messages: settled.length, attempt }, 'settling failed');
      if (attempt >= settleTries) return false;
      await new Promise((go) => setTimeout(go, Math.min(5_000, 50 * 2 ** attempt)));
    }
  }
}

/** Takes a set off what is open, and answers the claims of which nothing is open any more. */
function countDown(open: Map<string, number>, settled: readonly Settled[], isSettled: boolean): string[] {
  const closed: string[] = [];
  for (const [token, ofClaim] of Map.groupBy(settled, (one) => one.outgoing.token)) {
    const left = (open.get(token) ?? Number.NaN) - ofClaim.length;
    if (left > 0 && isSettled) open.set(token, left);
    else open.delete(token);
    if (left === 0 && isSettled) closed.push(token);
  }
  return closed;
}

/** A claim that stays by mistake is harmless: its lease ends it, and finds nothing to do. */
async function closeQuietly(deps: DispatcherDeps, workspaceId: WorkspaceId, tokens: readonly string[]): Promise<void> {
  try {
    await deps.close(workspaceId, tokens);
  } catch (error) {
    log.warn({ err: error, workspaceId, claims: tokens.length }, 'a claim could not be closed; its lease will end it');
  }
}
