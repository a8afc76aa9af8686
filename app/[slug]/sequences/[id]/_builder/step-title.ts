'use client';
/** A step in words: its name, else what it says or does; and its number in reading order. */
import { useTranslations } from 'next-intl';
import { firstWords } from '#server/domain/definition/first-words.ts';
import type { Step } from '#server/domain/definition/schema.ts';
import { useBuilder } from './builder-context.tsx';

export interface StepWords {
  readonly position: number;
  readonly type: string;
  /** By which account; null for steps that send nothing. */
  readonly channel: string | null;
  /** The first line of what it says; null while there is none. */
  readonly line: string | null;
}

export function useStepWords(): (step: Step) => StepWords {
  const t = useTranslations('sequences');
  const { numbers, accounts, chatbots } = useBuilder();
  const nameOf = (id: string) => accounts.find((account) => account.id === id)?.name ?? t('builder.noChannel');
  return (step) => {
    const base = { position: numbers.get(step.key) ?? 0, type: t(`stepTypes.${step.type}`) };
    switch (step.type) {
      case 'message':
        return {
          ...base,
          channel: nameOf(step.message.channelAccountId),
          line: firstWords(step),
        };
      case 'chatbot': {
        const name = chatbots.find((chatbot) => chatbot.id === step.chatbot.chatbotId)?.name ?? t('builder.noChatbot');
        return { ...base, channel: nameOf(step.chatbot.channelAccountId), line: name };
      }
      case 'exit':
        return { ...base, channel: null, line: step.exit?.reason || t('stepHints.exit') };
      default:
        return { ...base, channel: null, line: step.name ?? null };
    }
  };
}
