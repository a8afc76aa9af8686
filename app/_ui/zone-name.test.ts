import { expect, it } from 'vitest';
import { zoneChoices, zoneName, zoneWithOffset } from './zone-name.ts';

const winter = new Date('2026-01-15T12:00:00Z');

it.each([
  ['America/Sao_Paulo', 'São Paulo', 'São Paulo (UTC−3)'],
  ['America/Argentina/Buenos_Aires', 'Buenos Aires', 'Buenos Aires (UTC−3)'],
  ['Asia/Kolkata', 'Kolkata', 'Kolkata (UTC+5:30)'],
  ['Europe/London', 'London', 'London (UTC)'],
  ['UTC', 'UTC', 'UTC'],
  ['Nowhere/Atlantis', 'Atlantis', 'Atlantis'],
])('%s is written %s, and %s with its offset', (zone, name, withOffset) => {
  expect(zoneName(zone)).toBe(name);
  expect(zoneWithOffset(zone, winter)).toBe(withOffset);
});

it('the offset is that of the instant', () => {
  expect(zoneWithOffset('Europe/Lisbon', winter)).toBe('Lisbon (UTC)');
  expect(zoneWithOffset('Europe/Lisbon', new Date('2026-07-15T12:00:00Z'))).toBe('Lisbon (UTC+1)');
});

it('choices are told apart by their cities, and have the zone that is set though it has an old name', () => {
  const choices = zoneChoices('Brazil/East');
  expect((choices[0]?.label ?? '') <= (choices[1]?.label ?? '')).toBe(true);
  expect(choices.filter(({ value }) => value === 'Brazil/East')).toEqual([{ value: 'Brazil/East', label: 'East', hint: 'Brazil/East' }]);
  expect(new Set(choices.map(({ label }) => label)).size).toBe(choices.length);
});
