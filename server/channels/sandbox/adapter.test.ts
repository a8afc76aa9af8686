import { expect, test } from 'vitest';
import type { SandboxDelivery } from '../channel.ts';
import { type ChannelDouble, describeChannelConformance, type Mood } from '../conformance.ts';
import { openSandboxSender, sandboxAdapter } from './adapter.ts';

function arraySink(): ChannelDouble {
  let log: SandboxDelivery[] = [];
  let mood: Mood = 'well';
  const sink = async (delivery: SandboxDelivery): Promise<void> => {
    log.push(delivery);
    if (mood === 'losesItsAnswer') throw new Error('The connection broke off.');
    if (mood === 'hangs') await new Promise(() => undefined);
  };
  return {
    adapter: sandboxAdapter,
    address: '+5511987654321',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    open: () => openSandboxSender(sink),
    setMood: (next) => {
      mood = next;
    },
    received: () =>
      Promise.resolve(
        log.map(({ messageId, address, subject, body, html }) => ({
          address,
          subject: subject ?? '',
          text: body,
          html,
          key: messageId,
          headers: [],
        })),
      ),
    forget: () => {
      log = [];
    },
  };
}

describeChannelConformance('the sandbox', arraySink());

test('the sandbox reaches a phone first, else a mailbox', () => {
  expect(sandboxAdapter.addressOf({ phone: '+5511987654321', email: 'a@example.com' })).toBe('+5511987654321');
  expect(sandboxAdapter.addressOf({ phone: null, email: 'a@example.com' })).toBe('a@example.com');
});
