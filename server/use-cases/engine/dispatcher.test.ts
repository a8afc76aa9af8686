/** What the dispatcher does with answers: sets side by side, claims closed when all of them is settled and not before. */
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SendResult } from '#server/channels/channel.ts';
import { systemActor } from '#server/auth/actor.ts';
import { createDispatcher } from './dispatcher.ts';
import type { Outgoing, Settled } from './outgoing.ts';

const { workspaceId } = systemActor(crypto.randomUUID());
const accepted: SendResult = { kind: 'accepted', providerId: null };

function messages(token: string, count: number): Outgoing[] {
  return Array.from({ length: count }, (_, n) => ({
    workspaceId,
    channelAccountId: 'account',
    token,
    contactId: `contact-${n}`,
    message: {
      id: `${token}-${n}`,
      attempt: 1,
      contactId: `contact-${n}`,
      address: 'a',
      subject: null,
      body: 'Oi',
      html: null,
      options: null,
    },
    step: null,
  }));
}

/** A dispatcher whose settling is up to the test. */
function dispatcherWith(settle: (settled: readonly Settled[]) => Promise<void>) {
  const closed: string[] = [];
  const dispatcher = createDispatcher({
    senderFor: () => Promise.resolve({ send: () => Promise.resolve(accepted) }),
    settle: (_, settled) => settle(settled),
    close: (_, tokens) => {
      closed.push(...tokens);
      return Promise.resolve();
    },
  });
  return { dispatcher, closed };
}

test('a claim is closed once, when its last message is settled, however many sets it took', async () => {
  const sets: number[] = [];
  const { dispatcher, closed } = dispatcherWith((settled) => {
    sets.push(settled.length);
    expect(closed).toEqual([]);
    return Promise.resolve();
  });
  await dispatcher.dispatch(messages('claim', 1_200), new Date());
  expect(sets.reduce((sum, size) => sum + size, 0)).toBe(1_200);
  expect(Math.max(...sets)).toBeLessThanOrEqual(500);
  expect(closed).toEqual(['claim']);
  await dispatcher.idle();
});

test('two sets are settled side by side, and the rest waits', async () => {
  let atOnce = 0;
  let most = 0;
  const { dispatcher, closed } = dispatcherWith(async () => {
    most = Math.max(most, ++atOnce);
    await new Promise((go) => setTimeout(go, 5));
    atOnce -= 1;
  });
  await Promise.all(['a', 'b', 'c', 'd'].map((token) => dispatcher.dispatch(messages(token, 500), new Date())));
  expect(most).toBe(2);
  expect(closed.toSorted()).toEqual(['a', 'b', 'c', 'd']);
});

test('a claim of which a set could not be settled is left to its lease', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const { dispatcher, closed } = dispatcherWith((settled) =>
    settled.some((one) => one.outgoing.message.id === 'broken-0') ? Promise.reject(new Error('the database is away')) : Promise.resolve(),
  );
  const both = Promise.all([
    dispatcher.dispatch(messages('broken', 900), new Date()),
    dispatcher.dispatch(messages('whole', 600), new Date()),
  ]);
  await vi.advanceTimersByTimeAsync(60_000);
  await both;
  expect(closed).not.toContain('broken');
});
