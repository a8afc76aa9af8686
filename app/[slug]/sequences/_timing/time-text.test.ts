import { expect, test } from 'vitest';
import { blocksText, parseBlocks, parseTimeOfDay } from './time-text.ts';

test.each([
  ['9', '09:00'],
  ['9h', '09:00'],
  ['9h30', '09:30'],
  ['09:30', '09:30'],
  ['930', '09:30'],
  ['0930', '09:30'],
  [' 23:59 ', '23:59'],
  ['24:00', null],
  ['9:75', null],
  ['noon', null],
  ['', null],
])('the time "%s" is read as %s', (text, time) => {
  expect(parseTimeOfDay(text)).toBe(time);
});

test.each([
  [
    '09:00–12:00, 13:00–18:00',
    [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
  ],
  [
    '9-12; 13h-18h',
    [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
  ],
  ['20:00 - 24:00', [['20:00', '24:00']]],
  ['22h às 2h', [['22:00', '02:00']]],
  ['', []],
  ['09:00', null],
  ['09:00-09:00', null],
  ['24:00-10:00', null],
])('the hours "%s" are read', (text, blocks) => {
  expect(parseBlocks(text)).toEqual(blocks);
});

test('what is written can be read again', () => {
  expect(
    parseBlocks(
      blocksText([
        ['09:00', '12:00'],
        ['22:00', '02:00'],
      ]),
    ),
  ).toEqual([
    ['09:00', '12:00'],
    ['22:00', '02:00'],
  ]);
});
