'use client';
/** How a block is called where another refers to it: its place, its type, the beginning of its text. */
import { useTranslations } from 'next-intl';
import type { Block, Flow } from '#server/domain/chatbot/flow.ts';

export function useBlockName(flow: Flow): (block: Block) => string {
  const t = useTranslations('chatbots');
  return (block) => {
    const number = flow.blocks.indexOf(block) + 1;
    const type = t(`types.${block.type}`);
    const text = 'text' in block ? firstWords(block.text) : '';
    return text ? t('block.refText', { number, type, text }) : t('block.ref', { number, type });
  };
}

function firstWords(text: string): string {
  const line = text.trim().split('\n')[0] ?? '';
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
