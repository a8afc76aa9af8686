/** What an SMTP answer means for a message. Decided on reply codes (RFC 5321) and enhanced codes (RFC 3463), never on words. */
import type { ChannelProblem, ChannelProblemCode, SendResult } from '../channel.ts';

/** The parts of nodemailer's errors that we decide on. */
export interface SmtpError extends Error {
  readonly code?: string;
  readonly originalCode?: string;
  readonly command?: string;
  readonly responseCode?: number;
  readonly response?: string;
}

const authCodes = new Set([530, 534, 535, 538]);
const accountPauseMs = 10 * 60_000;

export const invalidAddress: SendResult = {
  kind: 'failed',
  code: 'invalidAddress',
  message: 'The address is not one that e-mail can be sent to.',
  bounced: true,
};

/** `contentStarted`: whether a byte of the message had left. Without a reply, that decides between `retry` and `unknown`. */
export function resultOfError(error: SmtpError, contentStarted: boolean): SendResult {
  if (error.responseCode) return resultOfReply(error, error.responseCode);
  if (error.code === 'EENVELOPE') return invalidAddress;
  // Before the content, what our side found too large for the server; after it, an answer that is none of SMTP's.
  if (error.code === 'EMESSAGE' && !contentStarted) {
    return { kind: 'failed', code: 'tooLarge', message: 'The message is larger than the server takes.', bounced: false };
  }
  const { code, message } = problemOf(error);
  return contentStarted ? { kind: 'unknown', code, message } : { kind: 'retry', code, message, afterMs: null, accountProblem: code };
}

function resultOfReply(error: SmtpError, reply: number): SendResult {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(error.response ?? '')?.[1] ?? null;
  const code = enhanced ? `${reply} ${enhanced}` : String(reply);
  const said = serverSaid(error);
  if (error.code === 'EAUTH' || authCodes.has(reply)) {
    return accountAtFault('signIn', code, said);
  }
  if (reply < 500 || reply === 503) {
    return { kind: 'retry', code, message: `The server asked to try again later. ${said}`, afterMs: null };
  }
  if (error.command === 'RCPT TO') return refusedRecipient(reply, enhanced, code, said);
  const aboutTheMessage = error.command === 'DATA' || reply === 552;
  if (aboutTheMessage) return { kind: 'failed', code, message: `The server refused the message. ${said}`, bounced: false };
  // Greeting, encryption, sign-in and sender are the account's matter: no message of anyone's is lost over them.
  if (error.command === 'MAIL FROM') return accountAtFault('sender', code, said);
  return accountAtFault(error.command === 'STARTTLS' ? 'encryption' : 'protocol', code, said);
}

function accountAtFault(problem: ChannelProblemCode, code: string, said: string): SendResult {
  return { kind: 'retry', code, message: `${problems[problem]} ${said}`.trim(), afterMs: accountPauseMs, accountProblem: problem };
}

/** 5.1.x: no such address. 5.2.1: mailbox closed. Full boxes and policies say nothing about the address itself. */
function refusedRecipient(reply: number, enhanced: string | null, code: string, said: string): SendResult {
  const bounced = enhanced ? /^5\.(1\.\d+|2\.1|0\.0)$/.test(enhanced) : [550, 551, 553].includes(reply);
  const words = bounced ? 'The server says that this address does not exist.' : 'The server does not deliver to this address.';
  return { kind: 'failed', code, message: `${words} ${said}`, bounced };
}

const problems: Record<ChannelProblemCode, string> = {
  refused: 'Nothing answers at this host and port. Check both, and that the server runs.',
  unknownHost: 'There is no server with this host name. Check how it is written.',
  timeout: 'The server did not answer in time.',
  encryption: 'No encrypted connection came about. Check the kind of encryption and the certificate of the server.',
  signIn: 'The server refused the sign-in. Check user and password.',
  sender: 'The server does not let this account send as its address. Check the address of the sender.',
  closed: 'The server closed the connection.',
  protocol: 'What answers there is not a mail server, or it refuses to talk.',
  aborted: 'The time was up before it could be sent.',
  connection: 'The connection to the server failed.',
};

const codeOfCause: Record<string, ChannelProblemCode> = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'unknownHost',
  EAI_AGAIN: 'unknownHost',
  EDNS: 'unknownHost',
  ETIMEDOUT: 'timeout',
  SOCKET_TIMEOUT: 'timeout',
  EABORT: 'timeout',
  ETLS: 'encryption',
  EPROTO: 'encryption',
  EAUTH: 'signIn',
  ENOAUTH: 'signIn',
  ECONNECTION: 'closed',
  ECONNRESET: 'closed',
  EPIPE: 'closed',
  EPROTOCOL: 'protocol',
  EMESSAGE: 'protocol',
};

/** What is the matter with a connection, from nodemailer's code and the system error behind it. */
export function problemOf(error: SmtpError): ChannelProblem {
  const cause = error.originalCode ?? error.code ?? '';
  const certificate = /^(CERT_|ERR_TLS|ERR_SSL|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_)/.test(cause);
  return channelProblem(certificate ? 'encryption' : (codeOfCause[cause] ?? codeOfCause[error.code ?? ''] ?? 'connection'));
}

export function channelProblem(code: ChannelProblemCode): ChannelProblem {
  return { code, message: problems[code] };
}

function serverSaid(error: SmtpError): string {
  const line = (error.response ?? '')
    .replace(/[\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 200);
  return line ? `It said: ${line}` : '';
}
