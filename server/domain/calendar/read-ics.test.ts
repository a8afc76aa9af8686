import { expect, test } from 'vitest';
import { readIcs } from './read-ics.ts';

const file = (...events: string[]): string =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Escola//PT', ...events, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]): string => ['BEGIN:VEVENT', 'UID:x', 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT'].join('\r\n');
const dates = (text: string) => readIcs(text)?.dates.map(({ on, name }) => `${on} ${name}`);

test('a day is read with its name, folded lines and escapes included', () => {
  expect(dates(file(event('DTSTART;VALUE=DATE:20261228', 'DTEND;VALUE=DATE:20261229', 'SUMMARY:Recesso\\, fim de\r\n  ano')))).toEqual([
    '2026-12-28 Recesso, fim de ano',
  ]);
});

test('the end of an all-day event is not part of it, and without an end it is one day', () => {
  expect(dates(file(event('DTSTART;VALUE=DATE:20260713', 'DTEND;VALUE=DATE:20260716', 'SUMMARY:Férias')))).toEqual([
    '2026-07-13 Férias',
    '2026-07-14 Férias',
    '2026-07-15 Férias',
  ]);
  expect(dates(file(event('DTSTART;VALUE=DATE:20260713', 'SUMMARY:Folga')))).toEqual(['2026-07-13 Folga']);
});

test('a repeated event comes every time, without the dates that it leaves out', () => {
  const yearly = event(
    'DTSTART;VALUE=DATE:20260125',
    'RRULE:FREQ=YEARLY;UNTIL=20290131',
    'EXDATE;VALUE=DATE:20270125',
    'SUMMARY:São Paulo',
  );
  expect(dates(file(yearly))).toEqual(['2026-01-25 São Paulo', '2028-01-25 São Paulo', '2029-01-25 São Paulo']);
  const forever = dates(file(event('DTSTART;VALUE=DATE:19990304', 'RRULE:FREQ=YEARLY', 'SUMMARY:Fundação')));
  expect(forever?.at(0)).toBe('2010-03-04 Fundação');
  expect(forever?.at(-1)).toBe('2050-03-04 Fundação');
  expect(forever).toHaveLength(41);
});

test('midnight to midnight is a whole day, in whatever zone it was written', () => {
  const outlook = event(
    'DTSTART;TZID=America/Sao_Paulo:20261224T000000',
    'DTEND;TZID=America/Sao_Paulo:20261225T000000',
    'SUMMARY:Véspera',
  );
  expect(dates(file(outlook))).toEqual(['2026-12-24 Véspera']);
});

test('what has hours, lies outside of the years or cannot be read is refused with its place and name', () => {
  const read = readIcs(
    file(
      event('DTSTART:20261224T140000Z', 'DTEND:20261224T150000Z', 'SUMMARY:Reunião'),
      event('DTSTART;VALUE=DATE:19900101', 'SUMMARY:Antigo'),
      event('SUMMARY:Sem data'),
      event('DTSTART;VALUE=DATE:20261225', 'SUMMARY:Natal'),
    ),
  );
  expect(read?.dates).toEqual([{ on: '2026-12-25', name: 'Natal' }]);
  expect(read?.refused).toEqual([
    { at: 1, name: 'Reunião', reason: 'notAllDay' },
    { at: 2, name: 'Antigo', reason: 'outOfRange' },
    { at: 3, name: 'Sem data', reason: 'unreadable' },
  ]);
});

test('a daily rule without end stops at what a calendar holds', () => {
  const read = readIcs(
    file(
      event('DTSTART;VALUE=DATE:20200101', 'RRULE:FREQ=DAILY', 'SUMMARY:Sempre'),
      event('DTSTART;VALUE=DATE:20260101', 'SUMMARY:Ano-Novo'),
    ),
  );
  expect(read?.dates.length).toBeLessThanOrEqual(5_000);
  expect(read?.refused).toEqual([{ at: 2, name: 'Ano-Novo', reason: 'tooMany' }]);
});

test.each(['', 'nome;telefone', 'BEGIN:VCALENDAR', 'BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ana\r\nEND:VCARD'])(
  '%j is no calendar file',
  (text) => {
    expect(readIcs(text)).toBeNull();
  },
);
