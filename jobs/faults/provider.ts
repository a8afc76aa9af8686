/** The provider: an SMTP server in a process of its own. What it takes stands in its log before it answers, whatever happens
 *  to anybody else. Arguments: the file of the log, a seed. */
import { openSync, writeSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { SMTPServer } from 'smtp-server';
import { seededRandom } from './random.ts';
import { type LoggedMessage, type Order, type Report, type Trouble, wallMs } from './trouble.ts';

type Done = (error?: Error | null) => void;

const [file = '', seed = '0'] = process.argv.slice(2);
const log = openSync(file, 'a');
const random = seededRandom(Number(seed));
const ofAccount = new Map<string, Trouble>();
let ofAll: Trouble = { kind: 'none' };

const server = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  authOptional: true,
  disableReverseLookup: true,
  onMailFrom({ address }, _session, done) {
    const trouble = troubleOf(address);
    if (trouble.kind === 'late') setTimeout(done, trouble.delayMs);
    else done();
  },
  onRcptTo(_address, session, done) {
    const trouble = troubleOf(senderOf(session));
    done(trouble.kind === 'refuse' && random.next() < trouble.share ? refusal(550, '5.1.1 No such mailbox') : null);
  },
  onData(stream, session, done) {
    // A sender that dies in the middle of a message has handed over nothing.
    void readAll(stream).then(
      (content) => take(content, session, done),
      () => undefined,
    );
  },
});
server.on('error', () => undefined);
server.listen(0, '127.0.0.1', () => tell({ kind: 'listening', port: (server.server.address() as AddressInfo).port }));
process.on('message', (order: Order) => {
  if (order.from === null) {
    ofAll = order.trouble;
    ofAccount.clear();
  } else ofAccount.set(order.from, order.trouble);
  tell({ kind: 'ordered' });
});

interface Session {
  readonly id: string;
  readonly envelope: { readonly mailFrom: false | { readonly address: string }; readonly rcptTo: readonly { readonly address: string }[] };
}

function take(content: string, session: Session, done: Done): void {
  const trouble = troubleOf(senderOf(session));
  const isHit = 'share' in trouble && random.next() < trouble.share;
  if (trouble.kind === 'busy' && isHit) return done(refusal(451, '4.3.2 Come back later'));
  write(content, session);
  if (trouble.kind === 'reset' && isHit) return void socketOf(session)?.resetAndDestroy();
  if (trouble.kind === 'garbage' && isHit) return void socketOf(session)?.end('HTTP/1.1 200 OK\r\n\r\n<html>Fine</html>\r\n');
  if (trouble.kind === 'mute') return tell({ kind: 'taken' });
  if (trouble.kind === 'slow') return void setTimeout(done, trouble.delayMs);
  done();
  if (trouble.kind === 'telling') tell({ kind: 'answered' });
}

function write(content: string, session: Session): void {
  const mark = /\[([\w-]+)\/([\w-]+)\]/.exec(content);
  const line: LoggedMessage = {
    messageId: /^message-id:\s*<([^@>]+)@/im.exec(content)?.[1] ?? '',
    recipient: session.envelope.rcptTo[0]?.address ?? '',
    sequence: mark?.[1] ?? '',
    step: mark?.[2] ?? '',
    from: senderOf(session),
    atMs: wallMs(),
  };
  writeSync(log, `${JSON.stringify(line)}\n`);
}

function troubleOf(from: string): Trouble {
  return ofAccount.get(from) ?? ofAll;
}

function senderOf({ envelope }: Session): string {
  return envelope.mailFrom ? envelope.mailFrom.address : '';
}

function refusal(code: number, text: string): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

/** The package keeps its sockets to itself. */
function socketOf({ id }: Session): Socket | undefined {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: Socket }> };
  return [...connections].find((connection) => connection.id === id)?._socket;
}

async function readAll(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function tell(report: Report): void {
  process.send?.(report);
}
