/** A real SMTP server in the test's process (the npm package `smtp-server`), with trouble to order. */
import type { AddressInfo, Socket } from 'node:net';
import PostalMime from 'postal-mime';
import { SMTPServer } from 'smtp-server';
import type { Received } from '../conformance.ts';

export interface SmtpTrouble {
  /** Refuses at this command with this reply. */
  readonly refuse?: { readonly at: 'MAIL' | 'RCPT' | 'DATA'; readonly code: number; readonly text: string };
  /** Drops the connection there: `RCPT` before any content, `DATA` after the whole content. */
  readonly dropAt?: 'RCPT' | 'DATA';
  /** Falls silent there. */
  readonly hangAt?: 'MAIL' | 'DATA';
  /** Takes the content, and answers with what is no SMTP. */
  readonly garbageAt?: 'DATA';
  /** The one user who may sign in. */
  readonly login?: { readonly user: string; readonly password: string };
}

export interface SmtpDouble {
  readonly port: number;
  trouble: SmtpTrouble;
  received(): Promise<Received[]>;
  forget(): void;
  /** Connections that were opened since the start. */
  readonly connectionCount: number;
  stop(): Promise<void>;
}

export async function startSmtpDouble(options: { wantsLogin?: boolean } = {}): Promise<SmtpDouble> {
  let raw: { recipient: string; content: Buffer }[] = [];
  let connectionCount = 0;
  const refusal = (code: number, text: string): Error => Object.assign(new Error(text), { responseCode: code });
  const sockets = (): Socket[] =>
    [...(server as unknown as { connections: Set<{ _socket: Socket }> }).connections].map((connection) => connection._socket);
  const drop = (): void => sockets().forEach((socket) => socket.destroy());
  const atCommand = (command: 'MAIL' | 'RCPT', done: (error?: Error | null) => void): void => {
    const { refuse, dropAt, hangAt } = double.trouble;
    if (refuse?.at === command) return done(refusal(refuse.code, refuse.text));
    if (dropAt === command) return drop();
    if (hangAt !== command) done();
  };
  const server = new SMTPServer({
    disabledCommands: options.wantsLogin ? ['STARTTLS'] : ['STARTTLS', 'AUTH'],
    allowInsecureAuth: true,
    authOptional: !options.wantsLogin,
    onConnect(_session, done) {
      connectionCount += 1;
      done();
    },
    onAuth({ username, password }, _session, done) {
      const login = double.trouble.login;
      if (login && login.user === username && login.password === password) return done(null, { user: username });
      done(refusal(535, '5.7.8 Authentication credentials invalid'));
    },
    onMailFrom: (_address, _session, done) => atCommand('MAIL', done),
    onRcptTo: (_address, _session, done) => atCommand('RCPT', done),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { refuse, dropAt, hangAt, garbageAt } = double.trouble;
        if (refuse?.at === 'DATA') return done(refusal(refuse.code, refuse.text));
        raw.push({ recipient: session.envelope.rcptTo[0]?.address ?? '', content: Buffer.concat(chunks) });
        if (dropAt === 'DATA') return drop();
        if (garbageAt === 'DATA') return sockets().forEach((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n<html>Fine</html>\r\n'));
        if (hangAt !== 'DATA') done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const double: SmtpDouble = {
    port: (server.server.address() as AddressInfo).port,
    trouble: {},
    received: () => Promise.all(raw.map(({ recipient, content }) => parse(recipient, content))),
    forget: () => {
      raw = [];
    },
    get connectionCount() {
      return connectionCount;
    },
    stop: () =>
      new Promise((stopped) => {
        server.close(stopped);
        drop();
      }),
  };
  return double;
}

async function parse(recipient: string, content: Buffer): Promise<Received> {
  const mail = await PostalMime.parse(content);
  return {
    address: recipient,
    subject: mail.subject ?? '',
    text: (mail.text ?? '').replaceAll('\r\n', '\n'),
    html: mail.html?.replaceAll('\r\n', '\n') ?? null,
    key: mail.messageId ?? '',
    headers: mail.headers.map(({ key, value }) => ({ name: key, value: value ?? '' })),
  };
}
