import { expect, it } from 'vitest';
import { personPattern } from './person-pattern.ts';

const ana = {
  name: 'Ana "Aninha" de Souza',
  phone: '+5511987654321',
  email: 'ana.souza@x.com',
  fields: { cpf: '123.456.789-09', vip: true },
};
const finds = (text: string) => new RegExp(personPattern(ana) ?? '', 'i').test(text);

it.each([
  '+5511987654321',
  'ligue (11) 98765-4321 hoje',
  '011 98765.4321',
  '1187654321',
  '0055 11 9 8765 4321',
  'para ANA.SOUZA@x.com.',
  '<ana.souza@x.com>',
  JSON.stringify(['ana "aninha"  de souza']),
  'CPF 12345678909',
])('finds the person in %s', (text) => {
  expect(finds(text)).toBe(true);
});

it.each([
  '5511987654322',
  '911987654321000',
  'ana.souza@x.com.br',
  'mariana.souza@x.com',
  'Mariana de Souza',
  '11 8765-432',
  '1123456789091',
])('does not take %s for the person', (text) => {
  expect(finds(text)).toBe(false);
});

it('does not look for a first name alone', () => {
  expect(personPattern({ name: 'Ana', phone: null, email: null, fields: {} })).toBeNull();
});
