import { expect, test } from 'vitest';
import { noWorkspaceRules } from './definition/compile.ts';
import type { Definition } from './definition/schema.ts';
import { chatbotStep, definitionOf, exitStep, messageStep } from './definition/testing.ts';
import { simulate, type SimulationInput } from './simulate.ts';
import type { Timing } from './time/schema.ts';

const office = {
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '18:00'] as [string, string]]])),
};
const days = (amount: number, at?: string): Timing => ({ kind: 'after', amount, unit: 'days', ...(at ? { at } : {}) });

function run(definition: Definition, startAt: string, more: Partial<SimulationInput> = {}) {
  return simulate({
    definition,
    zone: 'America/Sao_Paulo',
    zoneOrigin: 'phone',
    startAt: new Date(startAt),
    fields: {},
    rules: noWorkspaceRules,
    ...more,
  });
}
const local = (at: Date | null) => at && new Date(at.getTime() - 3 * 3_600_000).toISOString().slice(0, 16);
const line = (result: ReturnType<typeof run>) => result.steps.map((step) => `${step.stepKey} ${step.skipped ?? local(step.plannedAt)}`);

test('five waits over a weekend, each counted from when the step before really went', () => {
  const definition = definitionOf(
    [
      messageStep('a'),
      messageStep('b', { kind: 'after', amount: 2, unit: 'hours' }),
      messageStep('c', days(2)),
      messageStep('d', days(1, '09:30')),
      messageStep('e', { kind: 'after', amount: 90, unit: 'minutes' }),
    ],
    { window: office },
  );
  const result = run(definition, '2026-11-26T16:30:00-03:00');
  expect(line(result)).toEqual([
    'a 2026-11-26T16:30',
    'b 2026-11-27T09:00',
    'c 2026-11-30T09:00',
    'd 2026-12-01T09:30',
    'e 2026-12-01T11:00',
  ]);
  expect(result.steps[1]).toMatchObject({ movedFrom: new Date('2026-11-26T18:30:00-03:00'), reasons: ['window'], zoneOrigin: 'phone' });
  expect(result.steps[3]).toMatchObject({ movedFrom: null, reasons: [] });
  expect(result.end).toEqual({ kind: 'completed', at: new Date('2026-12-01T11:00:00-03:00'), stepKey: null });
});

test('the walk follows the outcomes that were chosen, and a bot without an answer takes its time', () => {
  const definition = definitionOf([
    chatbotStep('bot', { completed: [messageStep('thanks')], noAnswer: [messageStep('nudge', days(0)), exitStep('bye')] }),
    messageStep('last', days(1)),
  ]);
  expect(line(run(definition, '2026-11-26T10:00:00-03:00'))).toEqual([
    'bot 2026-11-26T10:00',
    'thanks 2026-11-26T10:00',
    'last 2026-11-27T10:00',
  ]);
  const silent = run(definition, '2026-11-26T10:00:00-03:00', { outcomes: { bot: 'noAnswer' } });
  expect(line(silent)).toEqual(['bot 2026-11-26T10:00', 'nudge 2026-11-26T11:00', 'bye 2026-11-26T11:00']);
  expect(silent.end).toMatchObject({ kind: 'exitStep', stepKey: 'bye' });
});

test('what is past, undated or expired is passed over and says so', () => {
  const definition = definitionOf(
    [
      messageStep('past', { kind: 'onDate', date: '2026-01-01', at: '09:00' }),
      messageStep('undated', { kind: 'relativeToField', field: 'birthday', amount: 0, unit: 'days', at: '09:00' }),
      messageStep('late', days(1), { expiresAfterMinutes: 30 }),
      messageStep('fine', days(1)),
    ],
    { window: office },
  );
  expect(line(run(definition, '2026-11-27T10:00:00-03:00'))).toEqual([
    'past past',
    'undated missingField',
    'late expired',
    'fine 2026-12-01T09:00',
  ]);
});

test('a date that has passed can end the enrolment, and rules that never open are told', () => {
  const ends = definitionOf([messageStep('a', { kind: 'onDate', date: '2026-01-01', at: '09:00' }, { ifPast: 'exit' })]);
  expect(run(ends, '2026-11-27T10:00:00-03:00').end).toMatchObject({ kind: 'expired', stepKey: 'a' });
  const never = definitionOf([messageStep('a')], { window: { weekly: {} } });
  expect(run(never, '2026-11-27T10:00:00-03:00')).toMatchObject({ steps: [], end: { kind: 'neverOpens', stepKey: 'a' } });
});

test('a draft that uses a key twice still ends', () => {
  const definition = definitionOf([chatbotStep('a', { completed: [messageStep('a')] }), messageStep('b')]);
  expect(run(definition, '2026-11-27T10:00:00-03:00').steps.length).toBeLessThan(5);
});
