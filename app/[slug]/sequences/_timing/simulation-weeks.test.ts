import { expect, test } from 'vitest';
import { compileDefinition, noWorkspaceRules, type WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { Definition } from '#server/domain/definition/schema.ts';
import { definitionOf, messageStep } from '#server/domain/definition/testing.ts';
import { simulate } from '#server/domain/simulate.ts';
import { simulationRows } from './simulation-weeks.ts';

const office = {
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00'] as [string, string]]])),
};
const calendarId = '01900000-0000-7000-8000-00000000000a';
const rules: WorkspaceRules = { quietHours: null, calendars: { [calendarId]: { '2026-12-25': 'Natal' } } };

function rowsOf(definition: Definition, startAt: string, zone: string, of: WorkspaceRules = noWorkspaceRules) {
  const at = new Date(startAt);
  const simulation = simulate({ definition, zone, zoneOrigin: 'set', startAt: at, fields: {}, rules: of });
  return simulationRows({ compiled: compileDefinition(definition), simulation, rules: of, startAt: at, zone });
}
const told = (rows: ReturnType<typeof rowsOf>) =>
  rows.map((row) =>
    row.kind === 'gap'
      ? `gap ${row.weeks}`
      : row.days.map(({ on, isClosed, holiday, isStart, marks }) =>
          [on.slice(8), isClosed && 'x', holiday, isStart && 'start', ...marks.map((mark) => `${mark.kind} ${mark.position}`)]
            .filter(Boolean)
            .join(' '),
        ),
  );

test('a step that a holiday moves stands where it goes and, hollow, where it would have gone', () => {
  const definition = definitionOf([messageStep('a'), messageStep('b', { kind: 'after', amount: 1, unit: 'days' })], {
    window: office,
    calendarId,
  });
  expect(told(rowsOf(definition, '2026-12-24T13:00:00-03:00', 'America/Sao_Paulo', rules))).toEqual([
    ['21', '22', '23', '24 start step 1', '25 Natal ghost 2', '26 x', '27 x'],
    ['28 step 2', '29', '30', '31', '01', '02 x', '03 x'],
  ]);
});

test('days are those of the zone: late on Sunday in New York is Monday in Tokyo', () => {
  const definition = definitionOf([messageStep('a')]);
  const weeks = (zone: string) => rowsOf(definition, '2026-11-29T23:30:00-05:00', zone);
  expect(told(weeks('America/New_York'))).toEqual([['23', '24', '25', '26', '27', '28', '29 start step 1']]);
  expect(told(weeks('Asia/Tokyo'))).toEqual([['30 start step 1', '01', '02', '03', '04', '05', '06']]);
});

test('weeks in which nothing happens are one gap', () => {
  const definition = definitionOf([messageStep('a'), messageStep('b', { kind: 'after', amount: 5, unit: 'weeks' })]);
  expect(told(rowsOf(definition, '2026-11-25T12:00:00Z', 'UTC')).map((row) => (typeof row === 'string' ? row : row.length))).toEqual([
    7,
    'gap 4',
    7,
  ]);
});

test('what is passed over stands on the day that it missed', () => {
  const definition = definitionOf([messageStep('past', { kind: 'onDate', date: '2026-11-20', at: '09:00' }), messageStep('a')]);
  expect(told(rowsOf(definition, '2026-11-25T12:00:00Z', 'UTC'))).toEqual([
    ['16', '17', '18', '19', '20 step 1', '21', '22'],
    ['23', '24', '25 start step 2', '26', '27', '28', '29'],
  ]);
});

test('quiet hours that cover a weekday close it', () => {
  const definition = definitionOf([messageStep('a')]);
  const quiet: WorkspaceRules = { quietHours: { weekly: { sat: [['00:00', '24:00']] } }, calendars: {} };
  expect(told(rowsOf(definition, '2026-11-25T12:00:00Z', 'UTC', quiet))[0]?.[5]).toBe('28 x');
});
