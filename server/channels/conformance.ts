/** What every adapter must hold, checked against an independent double of its provider. Call in a test file. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelAdapter, ChannelSender, OutboundMessage } from './channel.ts';

/** A message as the outside got it. */
export interface Received {
  readonly address: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** What identifies the message to the provider over all attempts. */
  readonly key: string;
  /** Every header, where the channel has them. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

export type Mood =
  /** Takes everything. */
  | 'well'
  /** Takes the whole message, then breaks off without a word. */
  | 'losesItsAnswer'
  /** Takes the whole message, then says nothing for ever. */
  | 'hangs';

/** The provider's stand-in, written by others, and the way to open a sender to it. */
export interface ChannelDouble {
  readonly adapter: ChannelAdapter;
  readonly address: string;
  start(): Promise<void>;
  stop(): Promise<void>;
  open(): ChannelSender;
  setMood(mood: Mood): void;
  /** What arrived since the last `forget`. */
  received(): Promise<Received[]>;
  forget(): void;
}

const patience = 20_000;

export function message(change: Partial<OutboundMessage> = {}): OutboundMessage {
  return {
    id: crypto.randomUUID(),
    attempt: 1,
    contactId: crypto.randomUUID(),
    address: 'maria@example.com',
    subject: 'Olá',
    body: 'Tudo bem?',
    html: null,
    options: null,
    ...change,
  };
}

export function describeChannelConformance(name: string, double: ChannelDouble): void {
  describe(`${name} keeps the promises of a channel`, () => {
    let sender: ChannelSender;
    const send = (change: Partial<OutboundMessage> = {}, signal: AbortSignal = AbortSignal.timeout(patience)) =>
      sender.send(message({ address: double.address, ...change }), signal);

    beforeAll(async () => {
      await double.start();
      sender = double.open();
    });
    afterAll(async () => {
      await sender.close();
      await double.stop();
    });
    beforeEach(() => {
      double.setMood('well');
      double.forget();
    });

    test('a message that is accepted has arrived, whole', async () => {
      const result = await send({ subject: 'Boas-vindas', body: 'Oi, Maria.\n\nTudo bem?', html: '<p>Oi, Maria.</p>' });
      expect(result).toMatchObject({ kind: 'accepted' });
      const [arrived, ...more] = await double.received();
      expect(more).toEqual([]);
      expect(arrived).toMatchObject({ address: double.address, subject: 'Boas-vindas' });
      expect(arrived?.text.trim()).toBe('Oi, Maria.\n\nTudo bem?');
      expect(arrived?.html?.trim()).toBe('<p>Oi, Maria.</p>');
    });

    test('the same id goes out under the same key, every time it is sent', async () => {
      const id = crypto.randomUUID();
      await send({ id, attempt: 1 });
      await send({ id, attempt: 2 });
      const arrived = await double.received();
      expect(arrived).toHaveLength(double.adapter.idempotent ? 1 : 2);
      expect(new Set(arrived.map(({ key }) => key)).size).toBe(1);
      expect(arrived[0]?.key).toContain(id);
    });

    test('many messages at once all arrive, each once', async () => {
      const texts = Array.from({ length: 50 }, (_, n) => `Texto ${n}`);
      const results = await Promise.all(texts.map((body) => send({ body })));
      expect(results.every(({ kind }) => kind === 'accepted')).toBe(true);
      expect((await double.received()).map(({ text }) => text.trim()).sort()).toEqual([...texts].sort());
    });

    test('a contact without an address has none to offer', () => {
      expect(double.adapter.addressOf({ phone: null, email: null })).toBeNull();
    });

    test('accents, emoji and other scripts arrive as they were written', async () => {
      const text = 'Ação já às 9h — coração 💛 日本語 العربية';
      await send({ subject: text, body: text, html: `<p>${text}</p>` });
      const [arrived] = await double.received();
      expect(arrived?.subject).toBe(text);
      expect(arrived?.text.trim()).toBe(text);
      expect(arrived?.html).toContain(text);
    });

    test('a line break in a subject starts no header', async () => {
      await send({ subject: 'Oi\r\nBcc: everyone@example.com\r\n\r\nNew body' });
      const [arrived] = await double.received();
      expect(arrived?.headers.some(({ name: header }) => header.toLowerCase() === 'bcc')).toBe(false);
      expect(arrived?.text.trim()).toBe('Tudo bem?');
    });

    test('a text of 60,000 characters and lines that begin with a dot arrive unharmed', async () => {
      const text = `.\n..\n${'Palavra comprida, com acentuação. '.repeat(1_800)}`.trim();
      expect(await send({ body: text })).toMatchObject({ kind: 'accepted' });
      const [arrived] = await double.received();
      expect(arrived?.text.trim()).toBe(text);
    });

    test('when the answer is lost after the whole message left, the outcome is unknown', async () => {
      double.setMood('losesItsAnswer');
      expect(await send()).toMatchObject({ kind: 'unknown' });
      expect(await double.received()).toHaveLength(1);
    });

    test('when no answer comes in time, the outcome is unknown', async () => {
      double.setMood('hangs');
      expect(await send({}, AbortSignal.timeout(400))).toMatchObject({ kind: 'unknown' });
    });

    test('what was aborted before it began was surely not sent', async () => {
      expect(await send({}, AbortSignal.abort())).toMatchObject({ kind: 'retry' });
      expect(await double.received()).toEqual([]);
    });

    test('it goes on sending after every trouble', async () => {
      double.setMood('losesItsAnswer');
      await send();
      double.setMood('well');
      double.forget();
      expect(await send()).toMatchObject({ kind: 'accepted' });
      expect(await double.received()).toHaveLength(1);
    });

    test('a check finds nothing wrong with an account that works', async () => {
      expect(await sender.check(AbortSignal.timeout(patience))).toBeNull();
    });

    test('closing lets what is under way finish', async () => {
      const own = double.open();
      const under = own.send(message({ address: double.address, body: 'Até logo' }), AbortSignal.timeout(patience));
      const settled = await Promise.all([under, own.close()]);
      expect(['accepted', 'retry']).toContain(settled[0].kind);
      expect(await double.received()).toHaveLength(settled[0].kind === 'accepted' ? 1 : 0);
    });
  });
}
