/** A bot's run through its flow: a pure function of the flow, what was answered so far, and the contact's facts.
 *  It runs from question to question, so one turn ends after at most as many blocks as the flow has. */
import { type AskingBlock, type Block, blockOf, type Flow, keyAfter, type Option, startKey } from './flow.ts';
import { type Answer, listsNumbers, readAnswer } from './read-answer.ts';
import { type BotFacts, renderText } from './render-text.ts';
import { retryWordsFor } from './words.ts';

export const botOutcomes = ['completed', 'noAnswer', 'handoff', 'error'] as const;
export type BotOutcome = (typeof botOutcomes)[number];

/** Plain JSON. It belongs to one version of a flow: `at` names a block of it. */
export interface BotState {
  /** The question that waits for an answer; null before the first and once ended. */
  readonly at: string | null;
  /** How often the question at `at` was answered without being understood. */
  readonly misses: number;
  /** By block key: text, number, `YYYY-MM-DD`, E.164, or the label chosen. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** What was set so far, by target (`contact.fields.city`). */
  readonly fields: Readonly<Record<string, Answer>>;
  readonly outcome: BotOutcome | null;
}

export type BotEffect =
  | { readonly kind: 'say'; readonly block: string; readonly text: string; readonly options: readonly string[] | null }
  | { readonly kind: 'setField'; readonly block: string; readonly field: string; readonly value: Answer }
  /** A text whose variables have no value is not said; nor is a field set from one. */
  | { readonly kind: 'unsaid'; readonly block: string; readonly missing: readonly string[] }
  | { readonly kind: 'outcome'; readonly outcome: BotOutcome };

export interface BotTurn {
  readonly state: BotState;
  readonly effects: readonly BotEffect[];
}

const newState: BotState = { at: null, misses: 0, answers: {}, fields: {}, outcome: null };

/** Runs from the start to the first question, or to the end. */
export function startBot(flow: Flow, facts: BotFacts): BotTurn {
  return run(flow, startKey(flow), newState, facts, []);
}

/** Takes `text` as the answer to the question that waits. A session that has ended stays as it is, without effects. */
export function answer(flow: Flow, state: BotState, text: string, facts: BotFacts): BotTurn {
  if (state.outcome !== null) return { state, effects: [] };
  const block = state.at === null ? null : blockOf(flow, state.at);
  if (block?.type !== 'question' && block?.type !== 'choices') return end(state, [], 'error');
  const read = readAnswer(block, text, facts);
  return read === null ? notUnderstood(flow, block, state, facts) : understood(flow, block, state, read, facts);
}

function understood(
  flow: Flow,
  block: AskingBlock,
  state: BotState,
  read: { value: Answer; option: Option | null },
  facts: BotFacts,
): BotTurn {
  const answered: BotState = { ...state, at: null, misses: 0, answers: { ...state.answers, [block.key]: read.value } };
  const after = read.option?.next ?? keyAfter(flow, block);
  if (block.saveTo === undefined) return run(flow, after, answered, facts, []);
  return run(flow, after, withField(answered, block.saveTo, read.value), facts, [setField(block, block.saveTo, read.value)]);
}

function notUnderstood(flow: Flow, block: AskingBlock, state: BotState, facts: BotFacts): BotTurn {
  const misses = state.misses + 1;
  if (misses >= block.attempts) {
    if (block.whenUnclear !== 'goOn') return end(state, [], block.whenUnclear);
    return run(flow, keyAfter(flow, block), { ...state, at: null, misses: 0 }, facts, []);
  }
  const words = block.retryText?.trim() ? renderText(block.retryText, state, facts) : null;
  const text = words?.ok ? words.text : retryWordsFor(block, facts.locale);
  return { state: { ...state, misses }, effects: [say(block, text)] };
}

function run(flow: Flow, from: string | null, begun: BotState, facts: BotFacts, before: readonly BotEffect[]): BotTurn {
  const effects: BotEffect[] = [...before];
  const seen = new Set<string>();
  let state = begun;
  let key = from;
  while (key !== null) {
    const block = blockOf(flow, key);
    // A draft may lead nowhere or in circles; a published flow cannot.
    if (block === null || seen.has(key)) return end(state, effects, 'error');
    seen.add(key);
    switch (block.type) {
      case 'text': {
        const words = renderText(block.text, state, facts);
        effects.push(words.ok ? say(block, words.text) : { kind: 'unsaid', block: key, missing: words.missing });
        break;
      }
      case 'setField': {
        const value = renderText(block.value, state, facts);
        if (value.ok) {
          state = withField(state, block.field, value.text);
          effects.push(setField(block, block.field, value.text));
        } else effects.push({ kind: 'unsaid', block: key, missing: value.missing });
        break;
      }
      case 'question':
      case 'choices': {
        const words = renderText(block.text, state, facts);
        if (words.ok) return { state: { ...state, at: key, misses: 0 }, effects: [...effects, say(block, words.text)] };
        return end(state, [...effects, { kind: 'unsaid', block: key, missing: words.missing }], 'error');
      }
      case 'handOff':
        return end(state, effects, 'handoff');
      case 'end':
        return end(state, effects, 'completed');
    }
    key = keyAfter(flow, block);
  }
  return end(state, effects, 'completed');
}

/** Choices are listed in the text too, for channels without buttons. */
function say(block: Block, text: string): BotEffect {
  if (block.type !== 'choices') return { kind: 'say', block: block.key, text, options: null };
  const labels = block.options.map((option) => option.label);
  const lines = labels.map((label, index) => (listsNumbers(block.options) ? `- ${label}` : `${index + 1}. ${label}`));
  return { kind: 'say', block: block.key, text: [text, '', ...lines].join('\n'), options: labels };
}

function setField(block: Block, field: string, value: Answer): BotEffect {
  return { kind: 'setField', block: block.key, field, value };
}

function withField(state: BotState, field: string, value: Answer): BotState {
  return { ...state, fields: { ...state.fields, [field]: value } };
}

function end(state: BotState, effects: readonly BotEffect[], outcome: BotOutcome): BotTurn {
  return { state: { ...state, at: null, misses: 0, outcome }, effects: [...effects, { kind: 'outcome', outcome }] };
}
