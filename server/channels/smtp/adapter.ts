/** E-mail over SMTP: pooled connections, a Message-ID that stays the same over all attempts. */
import { createTransport } from 'nodemailer';
import type { ChannelAdapter, ChannelProblem, ChannelSender, OutboundMessage, SendResult } from '../channel.ts';
import { type SmtpConfig, type SmtpSecret, smtpConfigSchema, smtpSecretSchema } from './config.ts';
import { channelProblem, invalidAddress, problemOf, resultOfError, type SmtpError } from './result.ts';

export const smtpAdapter: ChannelAdapter = {
  kind: 'smtp',
  addressOf: ({ email }) => email,
  configSchema: smtpConfigSchema,
  secretSchema: smtpSecretSchema,
  defaultRatePerSecond: 10,
  idempotent: false,
};

/** One plain address; whatever could be read as two, or as a command, is none. */
const oneAddress = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@<>()[\]\\,;:"\p{Cc}]{1,253}$/u;

const connectMs = 10_000;
const silenceMs = 30_000;

export function openSmtpSender(config: SmtpConfig, secret: SmtpSecret): ChannelSender {
  const transport = openTransport(config, secret);
  return {
    async send(message, signal) {
      if (signal.aborted) return { kind: 'retry', ...channelProblem('aborted'), afterMs: null };
      if (!oneAddress.test(message.address)) return invalidAddress;
      return await sendMail(transport, config, message, signal);
    },
    check: (signal) => checkConnection(transport, signal),
    close: () => closeTransport(transport),
  };
}

type Transport = ReturnType<typeof openTransport>;

function openTransport(config: SmtpConfig, secret: SmtpSecret) {
  const transport = createTransport({
    pool: true,
    maxConnections: 5,
    maxMessages: 500,
    // Only for messages of which nothing had left: the pool never repeats one that was begun.
    maxRequeues: 1,
    host: config.host,
    port: config.port,
    secure: config.security === 'tls',
    requireTLS: config.security === 'starttls',
    ignoreTLS: config.security === 'none',
    ...(config.user ? { auth: { user: config.user, pass: secret?.password ?? '' } } : {}),
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    dnsTimeout: connectMs,
    socketTimeout: silenceMs,
    allowInternalNetworkInterfaces: true,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  transport.use('stream', (mail, done) => {
    const state = (mail.data as { contentState?: ContentState }).contentState;
    const open = mail.message.createReadStream.bind(mail.message);
    mail.message.createReadStream = (options) => {
      const stream = open(options);
      if (state) state.started = () => stream.readableDidRead;
      return stream;
    };
    done();
  });
  return transport;
}

interface ContentState {
  /** Whether a byte of the content has been taken for sending. */
  started: () => boolean;
}

async function sendMail(transport: Transport, config: SmtpConfig, message: OutboundMessage, signal: AbortSignal): Promise<SendResult> {
  const contentState: ContentState = { started: () => false };
  const mail = {
    messageId: `<${message.id}@${domainOf(config.fromAddress)}>`,
    from: { name: config.fromName, address: config.fromAddress },
    to: { name: '', address: message.address },
    ...(config.replyTo ? { replyTo: config.replyTo } : {}),
    envelope: { from: config.fromAddress, to: [message.address] },
    subject: message.subject ?? '',
    text: withOptions(message),
    ...(message.html === null ? {} : { html: message.html }),
    signal,
    contentState,
  };
  try {
    const answer = await transport.sendMail(mail);
    return { kind: 'accepted', providerId: answer.messageId };
  } catch (error) {
    return resultOfError(error as SmtpError, contentState.started());
  }
}

/** Mail has no buttons: choices stand under the text, numbered. */
function withOptions({ body, options }: OutboundMessage): string {
  if (!options || options.length === 0) return body;
  return `${body}\n\n${options.map((option, index) => `${index + 1}. ${option}`).join('\n')}`;
}

async function checkConnection(transport: Transport, signal: AbortSignal): Promise<ChannelProblem | null> {
  if (signal.aborted) return channelProblem('timeout');
  const aborted = new Promise<ChannelProblem>((answer) => {
    signal.addEventListener('abort', () => answer(channelProblem('timeout')), { once: true });
  });
  const verified = transport.verify().then(
    () => null,
    (error: SmtpError) => problemOf(error),
  );
  return await Promise.race([aborted, verified]);
}

/** Lets what is under way finish, then closes; nothing new is taken. */
function closeTransport(transport: Transport): Promise<void> {
  transport.close();
  return Promise.resolve();
}

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}
