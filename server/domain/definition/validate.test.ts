import { expect, test } from 'vitest';
import type { Window } from '#server/domain/time/schema.ts';
import { noWorkspaceRules, type WorkspaceRules } from './compile.ts';
import type { Definition } from './schema.ts';
import { chatbotStep, channelAccountId, definitionOf, exitStep, facts, mailAccountId, messageStep } from './testing.ts';
import { validateDefinition } from './validate.ts';

const everyDay = (from: string, to: string): Window => ({
  weekly: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [[from, to]]])),
});
const problems = (definition: Definition, rules: WorkspaceRules = noWorkspaceRules) =>
  validateDefinition(definition, facts, rules, new Date('2026-11-26T12:00:00Z'));
const elsewhere = '01900000-0000-7000-8000-00000000ffff';
const message = (more: object) => definitionOf([messageStep('a', undefined, { message: { channelAccountId, body: 'Oi', ...more } })]);

test('a plan of messages, chatbots and exits with waits of every kind may be published', () => {
  const definition = definitionOf(
    [
      messageStep('a'),
      messageStep('b', { kind: 'after', amount: 3, unit: 'businessDays', at: '09:30' }),
      messageStep('c', { kind: 'onWeekday', weekdays: ['mon', 'thu'], at: '10:00' }),
      messageStep('d', { kind: 'relativeToField', field: 'birthday', amount: -1, unit: 'days', at: '09:00' }, { ifPast: 'sendNow' }),
      chatbotStep('e', { completed: [exitStep('f')], noAnswer: [messageStep('g')] }),
      exitStep('h'),
    ],
    { window: everyDay('09:00', '18:00') },
  );
  expect(problems(definition, { quietHours: everyDay('20:00', '08:00'), calendars: {} })).toEqual([]);
});

/** [what, definition, problems] */
const cases: [string, Definition, object[]][] = [
  ['no steps', definitionOf([]), [{ code: 'noSteps', stepKey: null, path: 'steps' }]],
  [
    'a key used twice',
    definitionOf([messageStep('a'), chatbotStep('b', { completed: [messageStep('a')] })]),
    [{ code: 'duplicateKey', stepKey: 'a', path: 'key', params: { what: 'a' } }],
  ],
  [
    'a step type that is not built yet',
    definitionOf([{ key: 'w', type: 'webhook', timing: { kind: 'immediately' }, webhook: { url: 'https://example.com' } }]),
    [{ code: 'notYetSupported', stepKey: 'w', path: 'type', params: { what: 'webhook' } }],
  ],
  [
    'a calendar that is not there',
    definitionOf([messageStep('a')], { calendarId: elsewhere }),
    [{ code: 'unknownCalendar', stepKey: null, path: 'calendarId' }],
  ],
  ['a goal and a group', definitionOf([messageStep('a')], { goal: { event: 'paid' }, exclusivityGroup: 'x', exitOnReply: 'group' }), []],
  [
    'the scope of a group without a group',
    definitionOf([messageStep('a')], { exitOnReply: 'group' }),
    [{ code: 'groupMissing', stepKey: null, path: 'exclusivityGroup' }],
  ],
  [
    'a channel account that is not there',
    message({ channelAccountId: elsewhere }),
    [{ code: 'unknownChannelAccount', stepKey: 'a', path: 'message.channelAccountId' }],
  ],
  [
    'a chatbot that is not there',
    definitionOf([{ ...chatbotStep('b'), type: 'chatbot', chatbot: { chatbotId: elsewhere, channelAccountId, timeoutMinutes: 5 } }]),
    [{ code: 'unknownChatbot', stepKey: 'b', path: 'chatbot.chatbotId' }],
  ],
  ['an empty text', message({ body: '  ' }), [{ code: 'emptyBody', stepKey: 'a', path: 'message.body' }]],
  [
    'an e-mail without a subject',
    message({ channelAccountId: mailAccountId }),
    [{ code: 'missingSubject', stepKey: 'a', path: 'message.subject' }],
  ],
  [
    'a variable that does not exist, with its place',
    message({ body: 'Oi\n{{ contact.fields.colour }}' }),
    [{ code: 'unknownVariable', stepKey: 'a', path: 'message.body', params: { what: 'contact.fields.colour', line: 2, column: 4 } }],
  ],
  [
    'a date field that does not exist',
    definitionOf([messageStep('a', { kind: 'relativeToField', field: 'due', amount: 0, unit: 'days', at: '09:00' })]),
    [{ code: 'unknownField', stepKey: 'a', path: 'timing.field', params: { what: 'due' } }],
  ],
  [
    'a path for an outcome that cannot be',
    definitionOf([chatbotStep('b', { maybe: [messageStep('a')] })]),
    [{ code: 'unknownOutcome', stepKey: 'b', path: 'paths.maybe', params: { what: 'maybe' } }],
  ],
  ['a step after an exit', definitionOf([exitStep('x'), messageStep('a')]), [{ code: 'unreachable', stepKey: 'a' }]],
  [
    'a window without a block',
    definitionOf([messageStep('a')], { window: { weekly: {} } }),
    [{ code: 'windowNeverOpens', stepKey: null, path: 'window', params: { rules: 'window' } }],
  ],
  [
    'a step window that the sequence never meets, told at the step',
    definitionOf([messageStep('a', undefined, { window: everyDay('19:00', '20:00') })], { window: everyDay('09:00', '18:00') }),
    [{ code: 'windowsClash', stepKey: 'a', path: 'window', params: { rules: 'window, stepWindow' } }],
  ],
];

test.each(cases)('%s is refused', (_what, definition, expected) => {
  expect(problems(definition)).toEqual(expected);
});

test('quiet hours over the whole window clash with it; that is told once, not at every step', () => {
  const definition = definitionOf([messageStep('a', undefined, { window: everyDay('10:00', '11:00') })], {
    window: everyDay('09:00', '12:00'),
  });
  expect(problems(definition, { quietHours: everyDay('08:00', '13:00'), calendars: {} })).toEqual([
    { code: 'windowsClash', stepKey: null, path: 'window', params: { rules: 'window, quietHours' } },
  ]);
});

const yearsOf = (weekday: number, to: string): Record<string, string> => {
  const dates: Record<string, string> = {};
  for (let at = Date.UTC(2026, 10, 1); at < Date.parse(to); at += 86_400_000) {
    if (new Date(at).getUTCDay() === weekday) dates[new Date(at).toISOString().slice(0, 10)] = 'Folga';
  }
  return dates;
};
const mondays: Window = { weekly: { mon: [['09:00', '18:00']] } };

test('holidays that close every day of the window clash with it, and only while they leave nothing for a year', () => {
  const definition = definitionOf([messageStep('a')], { window: mondays, calendarId: elsewhere });
  const closed = (to: string): WorkspaceRules => ({ quietHours: null, calendars: { [elsewhere]: yearsOf(1, to) } });
  expect(problems(definition, closed('2028-06-01'))).toEqual([
    { code: 'windowsClash', stepKey: null, path: 'window', params: { rules: 'window, holiday' } },
  ]);
  expect(problems(definition, closed('2027-06-01'))).toEqual([]);
});

test('a step whose own window meets nothing but holidays names both', () => {
  const sundays: Window = { weekly: { sun: [['09:00', '12:00']] } };
  const definition = definitionOf([messageStep('a', undefined, { window: sundays })], { calendarId: elsewhere });
  expect(problems(definition, { quietHours: null, calendars: { [elsewhere]: yearsOf(0, '2028-06-01') } })).toEqual([
    { code: 'windowsClash', stepKey: 'a', path: 'window', params: { rules: 'stepWindow, holiday' } },
  ]);
});
