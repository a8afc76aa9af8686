import { expect, test } from 'vitest';
import { type Block, blockSchema, type QuestionKind } from './flow.ts';
import { readAnswer } from './read-answer.ts';
import { readDate } from './read-date.ts';
import { readNumber } from './read-number.ts';
import { testFacts } from './testing/facts.ts';

function question(kind: QuestionKind) {
  return blockSchema.parse({ key: 'q', type: 'question', kind, text: '?' }) as Extract<Block, { type: 'question' }>;
}

function choices(...labels: string[]) {
  const block = blockSchema.parse({ key: 'c', type: 'choices', text: '?', options: labels.map((label) => ({ label })) });
  return block as Extract<Block, { type: 'choices' }>;
}

test.each([
  ['25/12/2026', '2026-12-25'],
  ['5/1/27', '2027-01-05'],
  ['25-12-1990', '1990-12-25'],
  ['25.12.90', '1990-12-25'],
  ['25 12 2026', '2026-12-25'],
  ['2026-12-25', '2026-12-25'],
  ['25 de dezembro de 2026', '2026-12-25'],
  ['1º de março de 2027', '2027-03-01'],
  ['1o de marco 2027', '2027-03-01'],
  ['3 fev 2027', '2027-02-03'],
  ['29/02/2028', '2028-02-29'],
  [' 25/12/2026. ', '2026-12-25'],
])('in Portuguese %s is %s', (text, date) => {
  expect(readDate(text, 'pt-BR', '2026-11-22')).toBe(date);
});

test.each([
  '29/02/2027',
  '31/04/2026',
  '25/12',
  'amanhã',
  '12/25/2026',
  '2026',
  '',
  '0/0/0',
  '25/12/20266',
  '25 de brumário de 2026',
  '1/1/1',
])('in Portuguese %s is no date', (text) => {
  expect(readDate(text, 'pt-BR', '2026-11-22')).toBeNull();
});

test.each([
  ['December 25, 2026', '2026-12-25'],
  ['25 December 2026', '2026-12-25'],
  ['Dec 25th, 2026', '2026-12-25'],
  ['12/25/2026', '2026-12-25'],
  ['25/12/2026', '2026-12-25'],
  ['4/4/2026', '2026-04-04'],
  ['3/4/2026', null],
])('in English %s is %s', (text, date) => {
  expect(readDate(text, 'en', '2026-11-22')).toBe(date);
});

test.each([
  ['1234', 1234],
  ['1.234', 1234],
  ['1.234,56', 1234.56],
  ['1234,5', 1234.5],
  ['3.5', 3.5],
  ['R$ 1.234,50', 1234.5],
  ['R$50', 50],
  ['10%', 10],
  ['-3', -3],
  ['−3,25', -3.25],
  ['1 234,5', 1234.5],
  ['1.234.567', 1_234_567],
  ['0,5', 0.5],
  ['dez', null],
  ['1,2,3', null],
  ['1.2.3', null],
  ['5 ou 6', null],
  ['', null],
  ['9999999999999999999', null],
])('in Portuguese %s is the number %s', (text, number) => {
  expect(readNumber(text, 'pt-BR')).toBe(number);
});

test.each([
  ['1,234.56', 1234.56],
  ['1,234', 1234],
  ['3.5', 3.5],
  ['3,5', 3.5],
  ['$12', 12],
])('in English %s is the number %s', (text, number) => {
  expect(readNumber(text, 'en')).toBe(number);
});

test.each([
  ['ana@exemplo.com.br', 'ana@exemplo.com.br'],
  ['Ana@Exemplo.COM', 'Ana@exemplo.com'],
  ['meu e-mail é ana@exemplo.com.br.', 'ana@exemplo.com.br'],
  ['<ana@exemplo.com>', 'ana@exemplo.com'],
  ['ana@exemplo', null],
  ['ana arroba exemplo', null],
  ['a@exemplo.com ou b@exemplo.com', null],
])('the e-mail in "%s" is %s', (text, email) => {
  expect(readAnswer(question('email'), text, testFacts())?.value ?? null).toBe(email);
});

test.each([
  ['(11) 91234-5678', '+5511912345678'],
  ['11912345678', '+5511912345678'],
  ['+1 212 555 2368', '+12125552368'],
  ['12', null],
  ['não tenho', null],
])('the phone in "%s" is %s', (text, phone) => {
  expect(readAnswer(question('phone'), text, testFacts())?.value ?? null).toBe(phone);
});

test('an empty answer, one of control characters, and one beyond all length are not understood', () => {
  for (const text of ['', '   ', '\u0000\u0007', 'x'.repeat(2_001)]) expect(readAnswer(question('text'), text, testFacts())).toBeNull();
});

test('a text answer keeps its lines and loses what no field can store', () => {
  expect(readAnswer(question('text'), ' linha 1\nlinha 2\u0000 👩‍👩‍👧 ', testFacts())?.value).toBe('linha 1\nlinha 2 👩‍👩‍👧');
});

test.each([
  ['1', 'Ótimo'],
  ['2.', 'Não sei'],
  ['2)', 'Não sei'],
  ['opção 1', 'Ótimo'],
  ['ótimo', 'Ótimo'],
  ['OTIMO!', 'Ótimo'],
  ['nao  sei', 'Não sei'],
  ['3', null],
  ['0', null],
  ['sei', null],
])('"%s" chooses %s', (text, label) => {
  expect(readAnswer(choices('Ótimo', 'Não sei'), text, testFacts())?.value ?? null).toBe(label);
});

test('options that are numbers are chosen by what they say, never by their place', () => {
  expect(readAnswer(choices('10', '5', '1'), '1', testFacts())?.value).toBe('1');
  expect(readAnswer(choices('10', '5', '1'), '2', testFacts())).toBeNull();
});
