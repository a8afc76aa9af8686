/** What the provider can be ordered to do, and what it tells: the words between the battery and the provider's process. */

export type Trouble =
  | { readonly kind: 'none' }
  /** Takes the message, and answers so much later. */
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Waits at the sender's address, before anything of the message has come. */
  | { readonly kind: 'late'; readonly delayMs: number }
  /** Says 451 to this share of the messages, after their content. */
  | { readonly kind: 'busy'; readonly share: number }
  /** Says 550 to this share of the recipients. */
  | { readonly kind: 'refuse'; readonly share: number }
  /** Takes the message, and resets the connection instead of answering. */
  | { readonly kind: 'reset'; readonly share: number }
  /** Takes the message, and answers with a web page. */
  | { readonly kind: 'garbage'; readonly share: number }
  /** Takes the message, tells `taken`, and never answers. */
  | { readonly kind: 'mute' }
  /** Takes the message, answers, and tells `answered` at once. */
  | { readonly kind: 'telling' };

export interface Order {
  readonly trouble: Trouble;
  /** The sender's address of the one account that it is for; null: all. */
  readonly from: string | null;
}

export type Report =
  | { readonly kind: 'listening'; readonly port: number }
  | { readonly kind: 'taken' | 'answered' }
  | { readonly kind: 'ordered' };

/** One line of the log: a message that the provider took. */
export interface LoggedMessage {
  readonly messageId: string;
  readonly recipient: string;
  /** The marks of `world.ts`, found in the text. */
  readonly sequence: string;
  readonly step: string;
  readonly from: string;
  readonly atMs: number;
}

/** Real time, in milliseconds since 1970. */
export function wallMs(): number {
  return performance.timeOrigin + performance.now();
}
