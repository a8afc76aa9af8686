import type { Tx } from '#db/client.ts';
import {
  type BotSubjectRow,
  closeBotSessions,
  ensureConversations,
  listBotSubjects,
  listLiveFlows,
  markConversationsWaiting,
  openBotSessions,
} from '#db/queries/bot-sessions.ts';
import { setAlarms } from '#jobs/queues/alarms.ts';
import { systemActor } from '#server/auth/actor.ts';
import { adapterOf, isChannelKind } from '#server/channels/registry.ts';
import { type BotOutcome, type BotTurn, startBot } from '#server/domain/chatbot/interpreter.ts';
import { applyBotTurns } from './apply-bot-turns.ts';
import { botFacts } from './bot-facts.ts';

export interface BotStart {
  readonly workspaceId: string;
  readonly enrolmentId: string;
  readonly enrolmentEpoch: number;
  readonly stepNumber: number;
  readonly contactId: string;
  readonly channelAccountId: string;
  readonly chatbotId: string;
  /** How long the bot waits for an answer, counted from its last question. */
  readonly timeoutMinutes: number;
  readonly at: Date;
}

/** Why a bot did not start: it was never published or is deleted; the contact has no address on that channel; another
 *  session is open in the conversation; a person of the team has it. */
export type BotRefusal = 'notPublished' | 'noAddress' | 'sessionOpen' | 'conversationTaken';

export type BotStartResult =
  /** A question waits for its answer: the enrolment waits for the bot. */
  | { readonly kind: 'started'; readonly enrolmentId: string; readonly sessionId: string }
  /** It said what it had to say and ended at once: the caller goes on with `outcome`. */
  | { readonly kind: 'ended'; readonly enrolmentId: string; readonly sessionId: string; readonly outcome: BotOutcome }
  | { readonly kind: 'refused'; readonly enrolmentId: string; readonly reason: BotRefusal };

/** Starts bots in their contacts' conversations, all of one workspace, in sets: opens the sessions, queues the first
 *  messages and sets the alarms that deliver them. Answers one result per start, in their order. */
export async function startBotSessions(tx: Tx, starts: readonly BotStart[]): Promise<BotStartResult[]> {
  const [first] = starts;
  if (!first) return [];
  if (starts.some((start) => start.workspaceId !== first.workspaceId)) throw new Error('Bots of several workspaces cannot start together.');
  const { workspaceId } = systemActor(first.workspaceId);

  const flows = byKey(await listLiveFlows(tx, workspaceId, [...new Set(starts.map((start) => start.chatbotId))]), (row) => row.chatbotId);
  const subjects = byKey(await listBotSubjects(tx, workspaceId, starts.map(subjectOf)), (row) => row.enrolmentId ?? '');
  const conversations = byKey(await ensureConversations(tx, workspaceId, starts.map(pairOf)), pairKey);

  const results = new Map<BotStart, BotStartResult>();
  const begun: { start: BotStart; conversationId: string; version: number; turn: BotTurn }[] = [];
  const busy = new Set<string>();
  for (const start of starts) {
    const refuse = (reason: BotRefusal) => results.set(start, { kind: 'refused', enrolmentId: start.enrolmentId, reason });
    const flow = flows.get(start.chatbotId);
    const subject = subjects.get(start.enrolmentId);
    const conversation = conversations.get(pairKey(start));
    if (!flow) refuse('notPublished');
    else if (!subject || !conversation || !hasAddress(subject)) refuse('noAddress');
    else if (conversation.ownerUserId !== null) refuse('conversationTaken');
    else if (busy.has(conversation.id)) refuse('sessionOpen');
    else {
      busy.add(conversation.id);
      const turn = startBot(flow.flow, botFacts(subject, start.at));
      begun.push({ start, conversationId: conversation.id, version: flow.version, turn });
    }
  }

  const opened = await openBotSessions(
    tx,
    workspaceId,
    begun.map(({ start, conversationId, version, turn }) => ({
      conversationId,
      contactId: start.contactId,
      chatbotId: start.chatbotId,
      version,
      enrolmentId: start.enrolmentId,
      enrolmentEpoch: start.enrolmentEpoch,
      stepNumber: start.stepNumber,
      state: turn.state,
      timeoutMinutes: start.timeoutMinutes,
      startedAt: start.at,
      expiresAt: new Date(start.at.getTime() + start.timeoutMinutes * 60_000),
    })),
  );
  const running = begun.flatMap((each) => {
    const sessionId = opened.get(each.conversationId);
    if (sessionId) return [{ ...each, sessionId }];
    results.set(each.start, { kind: 'refused', enrolmentId: each.start.enrolmentId, reason: 'sessionOpen' });
    return [];
  });

  const accounts = await applyBotTurns(
    tx,
    workspaceId,
    running.map(({ start, sessionId, turn }) => ({ ...start, sessionId, turn: 1, effects: turn.effects })),
  );
  const ended = running.flatMap(({ start, sessionId, conversationId, turn }) =>
    turn.state.outcome === null ? [] : [{ id: sessionId, conversationId, outcome: turn.state.outcome, at: start.at }],
  );
  await closeBotSessions(tx, workspaceId, ended);
  await markConversationsWaiting(
    tx,
    workspaceId,
    ended.filter((end) => end.outcome === 'handoff'),
  );
  await setAlarms(
    tx,
    accounts.map((channelAccountId) => ({ queue: 'account.deliver', workspaceId, channelAccountId, at: first.at })),
  );

  for (const { start, sessionId, turn } of running) {
    const { enrolmentId } = start;
    const { outcome } = turn.state;
    results.set(start, outcome === null ? { kind: 'started', enrolmentId, sessionId } : { kind: 'ended', enrolmentId, sessionId, outcome });
  }
  return starts.map((start) => {
    const result = results.get(start);
    if (!result) throw new Error('A bot was started without a result.');
    return result;
  });
}

function hasAddress(subject: BotSubjectRow): boolean {
  return isChannelKind(subject.channelKind) && adapterOf(subject.channelKind).addressOf(subject) !== null;
}

function subjectOf({ contactId, channelAccountId, enrolmentId }: BotStart) {
  return { contactId, channelAccountId, enrolmentId };
}

function pairOf({ contactId, channelAccountId }: BotStart) {
  return { contactId, channelAccountId };
}

function pairKey(pair: { contactId: string; channelAccountId: string }): string {
  return `${pair.contactId}:${pair.channelAccountId}`;
}

function byKey<Row>(rows: readonly Row[], keyOf: (row: Row) => string): Map<string, Row> {
  return new Map(rows.map((row) => [keyOf(row), row]));
}
