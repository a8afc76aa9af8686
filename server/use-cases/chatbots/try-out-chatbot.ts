import type { Db } from '#db/client.ts';
import { findBotTrialFacts } from '#db/queries/bot-sessions.ts';
import { keptIdOf } from '#db/queries/contact-merges.ts';
import type { Actor } from '#server/auth/actor.ts';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import { answer, type BotOutcome, type BotState, startBot } from '#server/domain/chatbot/interpreter.ts';
import type { Answer } from '#server/domain/chatbot/read-answer.ts';
import { notFound } from '#server/platform/errors.ts';
import { now } from '#server/platform/clock.ts';
import { botFacts } from './bot-facts.ts';

export interface TryOut {
  readonly flow: Flow;
  /** As the last answer gave it; without it, the bot starts. */
  readonly state?: BotState | undefined;
  readonly text?: string | undefined;
  /** Talks as this contact; without it, as somebody of whom only the name is known. */
  readonly contactId?: string | undefined;
}

export interface TriedOut {
  readonly state: BotState;
  readonly messages: { readonly blockKey: string; readonly text: string; readonly options: readonly string[] | null }[];
  /** Texts that were left out, because a variable has no value. */
  readonly unsaid: { readonly blockKey: string; readonly missing: readonly string[] }[];
  readonly outcome: BotOutcome | null;
  /** What would be set by now, by target (`contact.fields.city`). */
  readonly fields: Readonly<Record<string, Answer>>;
}

/** One turn of a test chat: nothing is stored or sent; what a contact would read comes back. */
export async function tryOutChatbot(db: Db, actor: Actor, input: TryOut): Promise<TriedOut> {
  const contactId = input.contactId === undefined ? null : await keptIdOf(db, actor.workspaceId, input.contactId);
  const subject = await findBotTrialFacts(db, actor.workspaceId, contactId);
  if (!subject) throw notFound('contact', input.contactId ?? '');
  const facts = botFacts(subject, await now(db));
  const { state, effects } = input.state ? answer(input.flow, input.state, input.text ?? '', facts) : startBot(input.flow, facts);
  return {
    state,
    messages: effects.flatMap((effect) =>
      effect.kind === 'say' ? [{ blockKey: effect.block, text: effect.text, options: effect.options }] : [],
    ),
    unsaid: effects.flatMap((effect) => (effect.kind === 'unsaid' ? [{ blockKey: effect.block, missing: effect.missing }] : [])),
    outcome: state.outcome,
    fields: state.fields,
  };
}
