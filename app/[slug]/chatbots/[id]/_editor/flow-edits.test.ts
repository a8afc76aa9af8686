import { expect, test } from 'vitest';
import type { Flow } from '#server/domain/chatbot/flow.ts';
import { duplicateBlock, firstKey, insertBlock, moveBlock, newBlock, removeBlock } from './flow-edits.ts';

const flow: Flow = {
  start: null,
  blocks: [
    { key: 'text1', type: 'text', text: 'Oi', next: 'end1' },
    { key: 'text2', type: 'text', text: 'Olá' },
    { key: 'end1', type: 'end' },
  ],
};
const keys = (edited: Flow) => edited.blocks.map((block) => block.key);

test('a new block gets the first free key of its type', () => {
  expect(newBlock(flow, 'text').key).toBe('text3');
  expect(newBlock(flow, 'choices').key).toBe('choices1');
  expect(newBlock(removeBlock(flow, 'text1'), 'text').key).toBe('text1');
});

test('blocks are put in where they belong, and move no further than the ends', () => {
  expect(keys(insertBlock(flow, 1, newBlock(flow, 'question')))).toEqual(['text1', 'question1', 'text2', 'end1']);
  expect(keys(moveBlock(flow, 'text2', -1))).toEqual(['text2', 'text1', 'end1']);
  expect(keys(moveBlock(flow, 'text1', -1))).toEqual(['text1', 'text2', 'end1']);
  expect(keys(moveBlock(flow, 'text1', 9))).toEqual(['text2', 'end1', 'text1']);
});

test('a copy stands after its original, under a key of its own', () => {
  const copied = duplicateBlock(flow, 'text1');
  expect(keys(copied.flow)).toEqual(['text1', 'text3', 'text2', 'end1']);
  expect(copied.flow.blocks[1]).toEqual({ key: 'text3', type: 'text', text: 'Oi', next: 'end1' });
});

test('without the start block, the flow starts at its first', () => {
  expect(firstKey({ ...flow, start: 'text2' })).toBe('text2');
  expect(firstKey(removeBlock({ ...flow, start: 'text2' }, 'text2'))).toBe('text1');
  expect(firstKey({ start: null, blocks: [] })).toBeNull();
});
