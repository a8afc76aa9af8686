/** What each type of block looks like: its icon, everywhere the same. */
import { CircleStop, Hand, ListChecks, MessageSquareText, PenLine, MessageCircleQuestion, type LucideIcon } from 'lucide-react';
import type { BlockType } from '#server/domain/chatbot/flow.ts';

export const blockTypes: readonly BlockType[] = ['text', 'question', 'choices', 'setField', 'handOff', 'end'];

const icons: Record<BlockType, LucideIcon> = {
  text: MessageSquareText,
  question: MessageCircleQuestion,
  choices: ListChecks,
  setField: PenLine,
  handOff: Hand,
  end: CircleStop,
};

export function BlockIcon({ type, className }: { type: BlockType; className?: string }) {
  const Icon = icons[type];
  return <Icon aria-hidden="true" className={className} />;
}
