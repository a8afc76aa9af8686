/** The sandbox: a phone and a mailbox in the browser. Whatever is sent arrives in the sink it is handed. */
import { z } from 'zod';
import type { ChannelAdapter, ChannelSender, OutboundMessage, SandboxSink, SendResult } from '../channel.ts';

export const sandboxAdapter: ChannelAdapter = {
  kind: 'sandbox',
  addressOf: ({ phone, email }) => phone ?? email,
  configSchema: z.strictObject({}),
  secretSchema: z.null(),
  defaultRatePerSecond: 1_000,
  // Its log shows a message that was sent twice as two: that is what it is for.
  idempotent: false,
};

export function openSandboxSender(sink: SandboxSink): ChannelSender {
  return {
    async send(message, signal) {
      if (signal.aborted) return { kind: 'retry', code: 'aborted', message: 'The time was up before it could be sent.', afterMs: null };
      return await untilAborted(deliver(sink, message), signal);
    },
    check: () => Promise.resolve(null),
    close: () => Promise.resolve(),
  };
}

async function deliver(sink: SandboxSink, message: OutboundMessage): Promise<SendResult> {
  try {
    await sink({
      messageId: message.id,
      contactId: message.contactId,
      address: message.address,
      subject: message.subject,
      body: message.body,
      html: message.html,
      options: message.options,
    });
    return { kind: 'accepted', providerId: `sandbox-${message.id}` };
  } catch {
    return { kind: 'unknown', code: 'sink', message: 'The sandbox could not say whether it kept the message.' };
  }
}

function untilAborted(result: Promise<SendResult>, signal: AbortSignal): Promise<SendResult> {
  return new Promise((settle) => {
    const onAbort = (): void => settle({ kind: 'unknown', code: 'timeout', message: 'The sandbox did not answer in time.' });
    signal.addEventListener('abort', onAbort, { once: true });
    void result.then((outcome) => {
      signal.removeEventListener('abort', onAbort);
      settle(outcome);
    });
  });
}
