import { expect, it } from 'vitest';
import { normalizeIdentifier } from './identifier.ts';

it.each([
  [' Marta@Example.COM ', 'marta@example.com'],
  ['ｍarta@example.com', 'marta@example.com'],
  ['marta@münchen.de', 'marta@münchen.de'],
  ['marta＠example.com', null],
  ['a@b@example.com', null],
  ['a@b＠example.com', null],
  ['@example.com', null],
  ['marta@', null],
  ['marta@localhost', null],
  ['mar ta@example.com', null],
  ['a@example.com,b@example.com', null],
  ['a\u0000@example.com', null],
  [`${'a'.repeat(250)}@example.com`, null],
])('reads %j as %j', (typed, identifier) => {
  expect(normalizeIdentifier(typed)).toBe(identifier);
});
