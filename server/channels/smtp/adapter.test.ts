import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ChannelSender, OutboundMessage } from '../channel.ts';
import { type ChannelDouble, describeChannelConformance, message } from '../conformance.ts';
import { openSmtpSender, smtpAdapter } from './adapter.ts';
import { type SmtpConfig, smtpConfigSchema } from './config.ts';
import { type SmtpDouble, type SmtpTrouble, startSmtpDouble } from './smtp-double.ts';

function configFor(port: number, change: Partial<SmtpConfig> = {}): SmtpConfig {
  return smtpConfigSchema.parse({
    host: '127.0.0.1',
    port,
    security: 'none',
    fromName: 'Clínica Aurora',
    fromAddress: 'ola@aurora.example',
    ...change,
  });
}

function conformanceDouble(): ChannelDouble {
  let smtp: SmtpDouble;
  return {
    adapter: smtpAdapter,
    address: 'maria@example.com',
    async start() {
      smtp = await startSmtpDouble();
    },
    stop: () => smtp.stop(),
    open: () => openSmtpSender(configFor(smtp.port), null),
    setMood(mood) {
      const troubles: Record<typeof mood, SmtpTrouble> = { well: {}, losesItsAnswer: { dropAt: 'DATA' }, hangs: { hangAt: 'DATA' } };
      smtp.trouble = troubles[mood];
    },
    received: () => smtp.received(),
    forget: () => smtp.forget(),
  };
}

describeChannelConformance('SMTP', conformanceDouble());

describe('what a mail server says decides what becomes of the message', () => {
  let smtp: SmtpDouble;
  let sender: ChannelSender;
  const send = (change: Partial<OutboundMessage> = {}, ms = 20_000) => sender.send(message(change), AbortSignal.timeout(ms));

  beforeAll(async () => {
    smtp = await startSmtpDouble();
    sender = openSmtpSender(configFor(smtp.port), null);
  });
  afterAll(async () => {
    await sender.close();
    await smtp.stop();
  });
  beforeEach(() => {
    smtp.trouble = {};
    smtp.forget();
  });

  test.each([
    ['RCPT', 450, '4.2.0 Greylisted', { kind: 'retry', code: '450 4.2.0' }],
    ['MAIL', 421, '4.7.0 Too many connections', { kind: 'retry' }],
    ['DATA', 452, '4.3.1 Out of space', { kind: 'retry', code: '452 4.3.1' }],
    ['RCPT', 550, '5.1.1 No such user', { kind: 'failed', bounced: true, code: '550 5.1.1' }],
    ['RCPT', 550, 'No such user', { kind: 'failed', bounced: true, code: '550' }],
    ['RCPT', 552, '5.2.2 Mailbox full', { kind: 'failed', bounced: false }],
    ['RCPT', 554, '5.7.1 Relay denied', { kind: 'failed', bounced: false }],
    ['DATA', 554, '5.7.1 Looks like spam', { kind: 'failed', bounced: false, code: '554 5.7.1' }],
    ['MAIL', 550, '5.7.1 Sender refused', { kind: 'retry', afterMs: 600_000, accountProblem: 'sender' }],
    ['MAIL', 530, '5.7.0 Authentication required', { kind: 'retry', afterMs: 600_000, accountProblem: 'signIn' }],
  ] as const)('%s %i %s', async (at, code, text, expected) => {
    smtp.trouble = { refuse: { at, code, text } };
    expect(await send()).toMatchObject(expected);
    expect(await smtp.received()).toEqual([]);
  });

  test('a connection that breaks before any content had left is surely not sent', async () => {
    smtp.trouble = { dropAt: 'RCPT' };
    expect(await send()).toMatchObject({ kind: 'retry' });
  });

  test('a server that falls silent before the content is surely not sent, however long we wait', async () => {
    smtp.trouble = { hangAt: 'MAIL' };
    expect(await send({}, 400)).toMatchObject({ kind: 'retry' });
  });

  test('a server that takes the content and answers with what is no SMTP has maybe sent it', async () => {
    smtp.trouble = { garbageAt: 'DATA' };
    expect(await send({}, 5_000)).toMatchObject({ kind: 'unknown', code: 'protocol' });
  });

  test('a port where nothing answers is surely not sent, and says what to check', async () => {
    const away = openSmtpSender(configFor(9), null);
    const result = await away.send(message(), AbortSignal.timeout(15_000));
    expect(result).toMatchObject({ kind: 'retry', code: 'refused' });
    expect(await away.check(AbortSignal.timeout(15_000))).toMatchObject({ code: 'refused' });
    await away.close();
  });

  test('a server without encryption is refused by an account that wants it', async () => {
    const strict = openSmtpSender(configFor(smtp.port, { security: 'starttls' }), null);
    expect(await strict.check(AbortSignal.timeout(15_000))).toMatchObject({ code: 'encryption' });
    expect(await strict.send(message(), AbortSignal.timeout(15_000))).toMatchObject({ kind: 'retry' });
    await strict.close();
  });

  test.each(['maria@example.com\r\nRCPT TO:<x@example.com>', 'not an address', 'a@example.com,b@example.com'])(
    'the address %j sends nothing to anyone else',
    async (address) => {
      await send({ address });
      expect((await smtp.received()).filter((mail) => mail.address !== address)).toEqual([]);
    },
  );

  test('the headers say who writes, and the Message-ID is made from our id', async () => {
    const id = crypto.randomUUID();
    expect(await send({ id })).toMatchObject({ kind: 'accepted', providerId: `<${id}@aurora.example>` });
    const [mail] = await smtp.received();
    expect(mail?.key).toBe(`<${id}@aurora.example>`);
    expect(mail?.headers.find(({ name }) => name === 'from')?.value).toContain('<ola@aurora.example>');
  });

  test('choices stand under the text', async () => {
    await send({ body: 'Qual horário?', options: ['Manhã', 'Tarde'] });
    expect((await smtp.received())[0]?.text.trim()).toBe('Qual horário?\n\n1. Manhã\n2. Tarde');
  });

  test('connections are kept: forty messages need no more than five', async () => {
    const before = smtp.connectionCount;
    await Promise.all(Array.from({ length: 40 }, () => send()));
    expect(smtp.connectionCount - before).toBeLessThanOrEqual(5);
    expect(await smtp.received()).toHaveLength(40);
  });
});

describe('signing in', () => {
  let smtp: SmtpDouble;
  beforeAll(async () => {
    smtp = await startSmtpDouble({ wantsLogin: true });
    smtp.trouble = { login: { user: 'aurora', password: 'right' } };
  });
  afterAll(() => smtp.stop());

  test('with the right password mail goes out', async () => {
    const sender = openSmtpSender(configFor(smtp.port, { user: 'aurora' }), { password: 'right' });
    expect(await sender.check(AbortSignal.timeout(15_000))).toBeNull();
    expect(await sender.send(message(), AbortSignal.timeout(15_000))).toMatchObject({ kind: 'accepted' });
    await sender.close();
  });

  test('with a wrong one nothing is lost: the account is at fault, and the password is in no answer', async () => {
    const sender = openSmtpSender(configFor(smtp.port, { user: 'aurora' }), { password: 'wr0ng-secret' });
    expect(await sender.check(AbortSignal.timeout(15_000))).toMatchObject({ code: 'signIn' });
    const result = await sender.send(message(), AbortSignal.timeout(15_000));
    expect(result).toMatchObject({ kind: 'retry', afterMs: 600_000 });
    expect(JSON.stringify(result)).not.toContain('wr0ng-secret');
    await sender.close();
  });
});
