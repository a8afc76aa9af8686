import { describe, expect, test } from 'vitest';
import { closedDatesOfCalendar, listCalendarDays } from './holidays.ts';
import { listCountries, listStates, unknownPlaces } from './places.ts';
import { type CalendarContent, calendarContentSchema } from './schema.ts';

const content = (part: Partial<CalendarContent>): CalendarContent => calendarContentSchema.parse(part);
const brazil = content({ country: 'BR' });
const in2026 = { first: 2026, last: 2026 };
const day = (of: CalendarContent, on: string, locale = 'pt-BR') =>
  listCalendarDays(of, { first: Number(on.slice(0, 4)), last: Number(on.slice(0, 4)) }, locale).filter((one) => one.on === on);

describe('Brazil', () => {
  test('national holidays close, the moving ones among them, by their Brazilian names', () => {
    const closed = listCalendarDays(brazil, in2026, 'pt-BR').filter((one) => one.closed);
    expect(closed.map(({ on, name }) => `${on.slice(5)} ${name}`)).toEqual([
      '01-01 Ano-Novo',
      '04-03 Sexta-feira Santa',
      '04-21 Tiradentes',
      '05-01 Dia do Trabalho',
      '09-07 Independência do Brasil',
      '10-04 Dia de Eleição',
      '10-12 Nossa Senhora Aparecida',
      '10-25 Dia de Eleição',
      '11-02 Dia de Finados',
      '11-15 Proclamação da República',
      '11-20 Dia da Consciência Negra',
      '12-25 Natal',
    ]);
  });

  test.each(['SP', 'RJ', 'CE', 'BA', 'RS'])('20 November stays closed with the holidays of %s', (state) => {
    expect(day(content({ country: 'BR', states: [state] }), '2026-11-20')).toMatchObject([{ origin: 'national', closed: true }]);
  });

  test('states add theirs, and say whose they are', () => {
    const both = content({ country: 'BR', states: ['SP', 'CE'] });
    expect(day(both, '2026-07-09')).toMatchObject([
      { name: 'Revolução Constitucionalista', origin: 'state', states: ['SP'], closed: true },
    ]);
    expect(day(both, '2026-03-25')).toMatchObject([{ origin: 'state', states: ['CE'], closed: true }]);
    expect(day(brazil, '2026-07-09')).toEqual([]);
  });

  test('Carnaval is optional: open until it is chosen, and a holiday where the state makes it one', () => {
    expect(day(brazil, '2026-02-17')).toMatchObject([{ kind: 'optional', closed: false }]);
    expect(day(content({ country: 'BR', choices: { 'easter -47': true } }), '2026-02-17')).toMatchObject([{ closed: true }]);
    expect(day(content({ country: 'BR', states: ['RJ'] }), '2026-02-17')).toMatchObject([{ kind: 'public', states: ['RJ'], closed: true }]);
  });

  test('a holiday that is taken out stays open in every year', () => {
    const closed = closedDatesOfCalendar(content({ country: 'BR', choices: { '12-25': false } }), 'pt-BR');
    expect(closed['2026-12-25']).toBeUndefined();
    expect(closed['2027-01-01']).toBe('Ano-Novo');
  });
});

test('moving holidays move: Easter of three years', () => {
  const closed = closedDatesOfCalendar(brazil, 'pt-BR');
  expect([closed['2025-04-18'], closed['2026-04-03'], closed['2027-03-26']]).toEqual(Array(3).fill('Sexta-feira Santa'));
});

test('where a holiday is kept on another day as well, both are closed', () => {
  const closed = closedDatesOfCalendar(content({ country: 'US' }), 'en');
  expect([closed['2026-07-03'], closed['2026-07-04'], closed['2027-12-31']]).toEqual([
    expect.stringContaining('Independence Day'),
    'Independence Day',
    expect.stringContaining("New Year's Day"),
  ]);
});

test('a holiday that begins the evening before is the day after it', () => {
  expect(closedDatesOfCalendar(content({ country: 'IL' }), 'en')).toMatchObject({ '2026-09-21': expect.stringContaining('Yom Kippur') });
});

test('own dates close, once or every year, and share a day with others', () => {
  const own = content({
    country: 'BR',
    dates: [
      { on: '2026-12-28', name: 'Recesso' },
      { on: '2020-01-25', name: 'Aniversário de São Paulo', everyYear: true },
      { on: '2024-02-29', name: 'Bissexto', everyYear: true },
      { on: '2026-12-25', name: 'Recesso' },
    ],
  });
  const closed = closedDatesOfCalendar(own, 'pt-BR');
  expect(closed['2026-12-28']).toBe('Recesso');
  expect(closed['2027-12-28']).toBeUndefined();
  expect([closed['2019-01-25'], closed['2031-01-25']]).toEqual(Array(2).fill('Aniversário de São Paulo'));
  expect([closed['2028-02-29'], closed['2027-03-01']]).toEqual(['Bissexto', undefined]);
  expect(closed['2026-12-25']).toBe('Natal / Recesso');
});

test('places are known by name, and what is not known is told', () => {
  expect(listCountries('pt-BR')).toContainEqual({ code: 'BR', name: 'Brasil' });
  expect(listStates('BR', 'pt-BR')).toHaveLength(27);
  expect(unknownPlaces({ country: 'BR', states: ['SP', 'XX'] })).toEqual(['XX']);
  expect(unknownPlaces({ country: 'ZZ', states: [] })).toEqual(['ZZ']);
  expect(unknownPlaces({ country: null, states: [] })).toEqual([]);
});
