/** Times of day and blocks as people type them. */
import type { Block } from '#server/domain/time/schema.ts';

/** `HH:MM` from "9", "9:30", "0930", "9h", "9h30"; null for what is no time of day. `24:00` only where a block may end. */
export function parseTimeOfDay(text: string, options: { allow24?: boolean } = {}): string | null {
  const match = /^(\d{1,2})(?:\s*[:h.]\s*(\d{2})?|(\d{2}))?$/i.exec(text.trim());
  if (!match) return null;
  const hours = Number(match[1]);
  const minutes = Number(match[2] ?? match[3] ?? 0);
  if (options.allow24 && hours === 24 && minutes === 0) return '24:00';
  if (hours > 23 || minutes > 59) return null;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** Blocks from "09:00–12:00, 13:00–18:00"; none for empty text; null where it cannot be read. */
export function parseBlocks(text: string): Block[] | null {
  if (text.trim() === '') return [];
  const blocks: Block[] = [];
  for (const part of text.split(/[,;]/)) {
    const [from, to, ...rest] = part.split(/\s*(?:–|—|-|às|to|até)\s*/i);
    if (from === undefined || to === undefined || rest.length > 0) return null;
    const start = parseTimeOfDay(from);
    const end = parseTimeOfDay(to, { allow24: true });
    if (!start || !end || start === end) return null;
    blocks.push([start, end]);
  }
  return blocks;
}

export function blocksText(blocks: readonly Block[]): string {
  return blocks.map(([start, end]) => `${start}–${end}`).join(', ');
}
