import { expect, it } from 'vitest';
import { isValueName, lostAddresses, type MergeableContact, mergedValues } from './merged-values.ts';
import { longestNotes } from './schema.ts';

const nothing = { externalId: null, notes: null, ownerId: null };
const empty = { ...nothing, name: null, phone: null, email: null, locale: null, timeZone: null, timeZoneOrigin: null, fields: {} };
const kept: MergeableContact = { ...empty, id: 'k', name: 'Ana', phone: '+5511987654321', fields: { city: 'Santos', age: 30 } };
const other: MergeableContact = {
  ...empty,
  id: 'o',
  name: 'Ana Souza',
  email: 'ana@exemplo.com',
  fields: { city: 'Recife', plan: 'ouro' },
};
const third: MergeableContact = { ...empty, id: 't', email: 'bia@exemplo.com', timeZone: 'Europe/Lisbon', timeZoneOrigin: 'set' };

it('what the kept contact has stays, what it lacks is filled in the order of the others', () => {
  expect(mergedValues([kept, other, third], {})).toEqual({
    name: 'Ana',
    phone: '+5511987654321',
    email: 'ana@exemplo.com',
    locale: null,
    timeZone: 'Europe/Lisbon',
    timeZoneOrigin: 'set',
    ...nothing,
    fields: { city: 'Santos', age: 30, plan: 'ouro' },
  });
});

it('a value that was chosen wins, even one that is empty', () => {
  const chosen = { name: 'o', email: 't', phone: 'o', 'fields.city': 'o', 'fields.age': 'o' };
  expect(mergedValues([kept, other, third], chosen)).toMatchObject({
    name: 'Ana Souza',
    email: 'bia@exemplo.com',
    phone: null,
    fields: { city: 'Recife', plan: 'ouro' },
  });
});

it('a zone that nobody set follows the phone that stays', () => {
  const manaus = { ...other, phone: '+5592987654321', timeZone: 'America/Manaus', timeZoneOrigin: 'phone' as const };
  expect(mergedValues([kept, manaus], {})).toMatchObject({ timeZone: 'America/Sao_Paulo', timeZoneOrigin: 'phone' });
  expect(mergedValues([kept, manaus], { phone: 'o' })).toMatchObject({ timeZone: 'America/Manaus', timeZoneOrigin: 'phone' });
});

it('all notes stay, each once; an id of elsewhere and an owner are taken from whoever has one', () => {
  const noted = [
    { ...kept, notes: 'Prefere manhãs' },
    { ...other, notes: 'Ligar antes', externalId: 'A-7', ownerId: 'm' },
    { ...third, notes: 'Prefere manhãs' },
  ];
  expect(mergedValues(noted, {})).toMatchObject({ notes: 'Prefere manhãs\n\nLigar antes', externalId: 'A-7', ownerId: 'm' });
  expect(mergedValues(noted, { notes: 'o' })).toMatchObject({ notes: 'Ligar antes' });
  const full = { ...kept, notes: 'a'.repeat(longestNotes - 3) };
  expect(mergedValues([full, { ...other, notes: 'bcd' }], {}).notes).toBe(`${full.notes}\n\nb`);
});

it('what is lost are addresses that nobody has any more, e-mails without regard to case', () => {
  const contacts = [
    { ...kept, email: 'Ana@Exemplo.com' },
    { ...other, email: 'ana@exemplo.COM', phone: '+5511987654322' },
    { ...third, email: 'Bia@Exemplo.com' },
  ];
  expect(lostAddresses(contacts, mergedValues(contacts, {}))).toEqual([
    { kind: 'phone', address: '+5511987654322' },
    { kind: 'email', address: 'bia@exemplo.com' },
  ]);
});

it('values are called by their column or by the key of their field', () => {
  expect(['name', 'timeZone', 'fields.city'].every(isValueName)).toBe(true);
  expect(['id', 'city', 'fields.', 'fields.a b', 'tags'].some(isValueName)).toBe(false);
});
