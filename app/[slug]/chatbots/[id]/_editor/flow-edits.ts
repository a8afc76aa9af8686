/** Changes of a flow, as the editor makes them: each takes a flow and answers another. */
import type { Block, BlockType, Flow } from '#server/domain/chatbot/flow.ts';

/** A key that no block has yet: the type and a number, so that answers have names people can read. */
export function newKey(flow: Flow, type: BlockType): string {
  const used = new Set(flow.blocks.map((block) => block.key));
  let number = 1;
  while (used.has(`${type}${number}`)) number += 1;
  return `${type}${number}`;
}

export function newBlock(flow: Flow, type: BlockType): Block {
  const key = newKey(flow, type);
  const asking = { key, text: '', attempts: 3, whenUnclear: 'handoff' as const };
  switch (type) {
    case 'text':
      return { key, type, text: '' };
    case 'question':
      return { ...asking, type, kind: 'text' };
    case 'choices':
      return { ...asking, type, options: [{ label: '' }, { label: '' }] };
    case 'setField':
      return { key, type, field: 'contact.name', value: '' };
    case 'handOff':
    case 'end':
      return { key, type };
  }
}

export function insertBlock(flow: Flow, index: number, block: Block): Flow {
  return { ...flow, blocks: flow.blocks.toSpliced(index, 0, block) };
}

export function replaceBlock(flow: Flow, key: string, block: Block): Flow {
  return { ...flow, blocks: flow.blocks.map((each) => (each.key === key ? block : each)) };
}

/** Leads to the block are left as they are: the editor shows them, and undoing brings them back. */
export function removeBlock(flow: Flow, key: string): Flow {
  return { start: flow.start === key ? null : flow.start, blocks: flow.blocks.filter((block) => block.key !== key) };
}

/** Moves a block by `steps` places, at most to the ends. */
export function moveBlock(flow: Flow, key: string, steps: number): Flow {
  const from = flow.blocks.findIndex((block) => block.key === key);
  const block = flow.blocks[from];
  if (!block) return flow;
  const to = Math.min(Math.max(from + steps, 0), flow.blocks.length - 1);
  return { ...flow, blocks: flow.blocks.toSpliced(from, 1).toSpliced(to, 0, block) };
}

export function duplicateBlock(flow: Flow, key: string): { flow: Flow; key: string } {
  const index = flow.blocks.findIndex((block) => block.key === key);
  const block = flow.blocks[index];
  if (!block) return { flow, key };
  const copy = { ...structuredClone(block), key: newKey(flow, block.type) };
  return { flow: insertBlock(flow, index + 1, copy), key: copy.key };
}

/** The block that runs first. */
export function firstKey(flow: Flow): string | null {
  return flow.start ?? flow.blocks[0]?.key ?? null;
}
