/** New steps as the `+` makes them. */
import type { Step } from '#server/domain/definition/schema.ts';

export const creatableTypes = ['message', 'chatbot', 'exit'] as const;
export type CreatableType = (typeof creatableTypes)[number];

/** A key that no step of this sequence ever had: type and 40 random bits. */
export function newStepKey(type: Step['type']): string {
  const bytes = crypto.getRandomValues(new Uint8Array(5));
  return `${type}-${[...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** What a new step points to at first: the first account and chatbot there are. */
export interface StepDefaults {
  readonly channelAccountId: string | null;
  readonly chatbotId: string | null;
}

/** The first step of a list happens at once; later ones wait a day. Null where there is no account or chatbot to use. */
export function newStep(type: CreatableType, index: number, defaults: StepDefaults): Step | null {
  const { channelAccountId, chatbotId } = defaults;
  const base = { key: newStepKey(type), timing: index === 0 ? ({ kind: 'immediately' } as const) : nextDay };
  if (type === 'exit') return { ...base, type, timing: { kind: 'immediately' } };
  if (!channelAccountId) return null;
  if (type === 'message') return { ...base, type, message: { channelAccountId, body: '' } };
  return chatbotId ? { ...base, type, chatbot: { chatbotId, channelAccountId, timeoutMinutes: 1_440 } } : null;
}

const nextDay = { kind: 'after', amount: 1, unit: 'days', at: '09:00' } as const;
