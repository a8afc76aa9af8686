/** What a step is called on screen: its own name, else its first words, else what it is. */
import type { useTranslations } from 'next-intl';
import { firstWords } from '#server/domain/definition/first-words.ts';
import type { Step } from '#server/domain/definition/schema.ts';

const LONGEST = 60;

export function stepTitle(step: Step, t: ReturnType<typeof useTranslations<'time'>>): string {
  const words = firstWords(step);
  if (!words) return t(`simulation.types.${step.type}`);
  return words.length > LONGEST ? `${words.slice(0, LONGEST - 1)}…` : words;
}
