import { describe, expect, it } from 'vitest';
import type { Step } from '#server/domain/definition/schema.ts';
import { choiceOf, endingPaths, ownPaths, withChoice } from './outcome-path.ts';

const id = '01900000-0000-7000-8000-000000000001';
const message = (key: string): Step => ({
  key,
  type: 'message',
  timing: { kind: 'immediately' },
  message: { channelAccountId: id, body: 'Oi' },
});
const bot: Step = {
  key: 'bot',
  type: 'chatbot',
  timing: { kind: 'immediately' },
  chatbot: { chatbotId: id, channelAccountId: id, timeoutMinutes: 60 },
};

describe('the path of an outcome', () => {
  it('goes on with the line until it is told otherwise', () => {
    expect(choiceOf(bot, 'noAnswer')).toBe('goOn');
    const ending = withChoice(bot, 'noAnswer', 'end', null);
    expect(choiceOf(ending, 'noAnswer')).toBe('end');
    expect(endingPaths(ending)).toMatchObject([['noAnswer', { type: 'exit' }]]);
    expect(choiceOf(ending, 'completed')).toBe('goOn');
    expect(withChoice(ending, 'noAnswer', 'goOn', null)).toEqual(bot);
  });

  it('holds steps of its own, and loses them when it ends', () => {
    const own = withChoice(bot, 'handoff', 'own', message('thanks'));
    expect(ownPaths(own)).toEqual([['handoff', [message('thanks')]]]);
    const ending = withChoice(own, 'handoff', 'end', null);
    expect(ownPaths(ending)).toEqual([]);
    expect(choiceOf(ending, 'handoff')).toBe('end');
  });

  it('goes on with the line where there is nothing to begin with', () => {
    expect(withChoice(bot, 'handoff', 'own', null)).toEqual(bot);
  });
});
