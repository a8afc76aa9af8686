import { describe, expect, it } from 'vitest';
import { type Definition, emptyDefinition, type Step } from '#server/domain/definition/schema.ts';
import { scheduleOf } from './schedule.ts';

const planning = { timeZone: 'America/Sao_Paulo', rules: { quietHours: null, calendars: {} } };
/** A Friday, 17:00 in São Paulo. */
const friday = new Date('2026-11-27T20:00:00Z');
const account = '01900000-0000-7000-8000-000000000001';

const exit = (key: string): Step => ({ key, type: 'exit', timing: { kind: 'immediately' } });
const afterDays = (key: string, amount: number): Step => ({
  key,
  type: 'exit',
  timing: { kind: 'after', amount, unit: 'days', at: '09:00' },
});
const plan = (...steps: Step[]): Definition => ({ ...emptyDefinition, steps });

describe('a schedule', () => {
  it('counts days from the day of entering and says what moved', () => {
    const message: Step = {
      key: 'hello',
      type: 'message',
      timing: { kind: 'immediately' },
      message: { channelAccountId: account, body: 'Oi' },
    };
    const schedule = scheduleOf(plan(message, afterDays('end', 1)), planning, friday);
    expect(schedule.get('hello')).toMatchObject({ day: 1, plannedAt: friday, movedFrom: null });
    expect(schedule.get('end')).toMatchObject({
      day: 4,
      plannedAt: new Date('2026-11-30T12:00:00Z'),
      movedFrom: new Date('2026-11-28T12:00:00Z'),
      reasons: ['window'],
    });
  });

  it('reaches the steps of every path', () => {
    const bot: Step = {
      key: 'bot',
      type: 'chatbot',
      timing: { kind: 'immediately' },
      chatbot: { chatbotId: account, channelAccountId: account, timeoutMinutes: 60 },
      paths: { noAnswer: [exit('gone')], handoff: [afterDays('later', 0)] },
    };
    const schedule = scheduleOf({ ...plan(bot, exit('end')), window: null }, planning, friday);
    expect([...schedule.keys()].sort()).toEqual(['bot', 'end', 'gone', 'later']);
    expect(schedule.get('gone')?.plannedAt).toEqual(new Date('2026-11-27T21:00:00Z'));
  });
});
