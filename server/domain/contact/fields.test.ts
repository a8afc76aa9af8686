import { describe, expect, it } from 'vitest';
import { type FieldKind, fieldKeyFrom, fieldKeySchema, type FieldValue, parseFieldValue } from './fields.ts';

describe('a field value', () => {
  it.each<[FieldKind, FieldValue, FieldValue | undefined]>([
    ['text', '  olá ', 'olá'],
    ['text', 12, '12'],
    ['text', 'x'.repeat(2001), undefined],
    ['number', 12.5, 12.5],
    ['number', '1234,5', 1234.5],
    ['number', '1.234,50', 1234.5],
    ['number', '1,234.50', 1234.5],
    ['number', 'R$ 1.500', 1500],
    ['number', '1.500.000', 1_500_000],
    ['number', '0.125', 0.125],
    ['number', '-3', -3],
    ['number', '00012', 12],
    ['number', '9007199254740991', 9_007_199_254_740_991],
    ['number', '1000000000000000000000', 1e21],
    ['number', '9007199254740993', undefined],
    ['number', '35261012345678000195550010000012341234567890', undefined],
    ['number', '12.345.678.901.234.567.890', undefined],
    ['number', '9'.repeat(400), undefined],
    ['number', 'três', undefined],
    ['number', '1,2,3', undefined],
    ['number', Number.NaN, undefined],
    ['date', '2026-11-22', '2026-11-22'],
    ['date', '2026-11-22T10:00:00Z', '2026-11-22'],
    ['date', '5/3/2026', '2026-03-05'],
    ['date', '29/02/2026', undefined],
    ['date', 'ontem', undefined],
    ['boolean', 'Sim', true],
    ['boolean', 'não', false],
    ['boolean', true, true],
    ['boolean', 'talvez', undefined],
  ])('of kind %s: %s is read as %s', (kind, raw, value) => {
    expect(parseFieldValue(kind, raw)).toEqual(value);
  });
});

it.each([
  ['Data de nascimento', 'dataDeNascimento'],
  ['Cidade', 'cidade'],
  ['Último pedido (R$)', 'ultimoPedidoR'],
  ['2ª via', 'f2Via'],
  ['—', 'field'],
  ['Constructor', 'fconstructor'],
  ['To string', 'ftoString'],
])('the key of a field labelled %s is %s', (label, key) => {
  expect(fieldKeyFrom(label)).toBe(key);
  expect(fieldKeySchema.safeParse(key).success).toBe(true);
});

it.each(['constructor', 'toString', '__proto__', 'Nome', 'a-b', ''])('%s is no key of a field', (key) => {
  expect(fieldKeySchema.safeParse(key).success).toBe(false);
});
