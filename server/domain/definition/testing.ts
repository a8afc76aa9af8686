/** Small definitions for tests of the domain. */
import type { Timing } from '#server/domain/time/schema.ts';
import type { DefinitionFacts } from './problems.ts';
import { type Definition, emptyDefinition, type Step } from './schema.ts';

export const channelAccountId = '01900000-0000-7000-8000-000000000001';
export const mailAccountId = '01900000-0000-7000-8000-000000000002';
export const chatbotId = '01900000-0000-7000-8000-000000000003';

export const facts: DefinitionFacts = {
  channelAccounts: new Map([
    [channelAccountId, { kind: 'sandbox' }],
    [mailAccountId, { kind: 'smtp' }],
  ]),
  chatbotIds: new Set([chatbotId]),
  fieldKeys: new Set(['birthday', 'city']),
};

const atOnce: Timing = { kind: 'immediately' };

export function messageStep(key: string, timing: Timing = atOnce, more: Partial<Extract<Step, { type: 'message' }>> = {}): Step {
  return { key, type: 'message', timing, message: { channelAccountId, body: 'Oi' }, ...more };
}

export function chatbotStep(key: string, paths: Record<string, Step[]> = {}, timing: Timing = atOnce): Step {
  return { key, type: 'chatbot', timing, chatbot: { chatbotId, channelAccountId, timeoutMinutes: 60 }, paths };
}

export function exitStep(key: string, timing: Timing = atOnce): Step {
  return { key, type: 'exit', timing };
}

/** A definition in the contact's zone and without a window, unless said otherwise. */
export function definitionOf(steps: Step[], more: Partial<Definition> = {}): Definition {
  return { ...emptyDefinition, window: null, steps, ...more };
}
