/** What a channel is to the rest of the product: one interface, that every adapter fulfils and one conformance suite checks.
 *  Adapters know no database and no queue. */
import type { z } from 'zod';

export const channelKinds = ['sandbox', 'smtp'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** A message ready to go: rendered, addressed, claimed. */
export interface OutboundMessage {
  /** Our id, stable over all attempts; adapters make provider keys (Message-ID, idempotency keys) from it. */
  readonly id: string;
  readonly attempt: number;
  /** Null for a test that goes to an address of nobody. */
  readonly contactId: string | null;
  readonly address: string;
  readonly subject: string | null;
  readonly body: string;
  readonly html: string | null;
  /** Choices to offer as buttons, where the channel has them; the text lists them in any case. */
  readonly options: readonly string[] | null;
}

export type SendResult =
  /** The provider took it. */
  | { readonly kind: 'accepted'; readonly providerId: string | null }
  /** Surely not sent: try again after `afterMs` (null: our back-off). `accountProblem`: the account is at fault, not the message. */
  | {
      readonly kind: 'retry';
      readonly code: string;
      readonly message: string;
      readonly afterMs: number | null;
      readonly accountProblem?: ChannelProblemCode;
    }
  /** Surely not sent, and never will be. `bounced`: the address itself is wrong. */
  | { readonly kind: 'failed'; readonly code: string; readonly message: string; readonly bounced: boolean }
  /** It may or may not have gone out: never resent blindly. */
  | { readonly kind: 'unknown'; readonly code: string; readonly message: string };

/** What keeps an account from sending. `code` is stable, screens word it; `message` says it in English. */
export interface ChannelProblem {
  readonly code: ChannelProblemCode;
  readonly message: string;
}
export type ChannelProblemCode =
  | 'refused'
  | 'unknownHost'
  | 'timeout'
  | 'encryption'
  | 'signIn'
  | 'sender'
  | 'closed'
  | 'protocol'
  | 'aborted'
  | 'connection';

export interface AddressableContact {
  readonly phone: string | null;
  readonly email: string | null;
}

/** What arrives on the sandbox's phone or in its mailbox. */
export interface SandboxDelivery {
  readonly messageId: string;
  readonly contactId: string | null;
  readonly address: string;
  readonly subject: string | null;
  readonly body: string;
  readonly html: string | null;
  readonly options: readonly string[] | null;
}

/** Where the sandbox puts what it delivers; it is kept when the promise is fulfilled. Adapters know no database. */
export type SandboxSink = (delivery: SandboxDelivery) => Promise<void>;

/** An open account: what sends. Made once per process and account, closed at shutdown or after a change. */
export interface ChannelSender {
  /** Sends one message. Never throws; `signal` aborts at the hard timeout, and an aborted call answers `unknown`, or
   *  `retry` where nothing of the message had left yet. */
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendResult>;
  /** Tries the connection without sending: null when well, else what is wrong and what to do. */
  check(signal: AbortSignal): Promise<ChannelProblem | null>;
  close(): Promise<void>;
}

export interface ChannelAdapter {
  readonly kind: ChannelKind;
  /** Which address of a contact it uses; null when the contact has none. */
  addressOf(contact: AddressableContact): string | null;
  readonly configSchema: z.ZodType;
  readonly secretSchema: z.ZodType;
  /** What a new account of this kind may send per second, unless set otherwise. */
  readonly defaultRatePerSecond: number;
  /** Whether resending the same `id` can never deliver twice. */
  readonly idempotent: boolean;
}
