/** The why-ledger's words. Every kind and reason code that can stand in `enrolment_events` is in this file or in
 *  `server/domain/time/reasons.ts`; docs list them from here. */
import { planningSkips } from './definition/walk.ts';

/** What happened to an enrolment. `from`/`to` are instants: planned and due for a step, before and after for a move. */
export const enrolmentEventKinds = [
  /** Started; `to` is when its first step is due. Told from the enrolment's own row, not stored. */
  'enrolled',
  /** The step's message was accepted by the channel. */
  'sent',
  /** The step was passed over; the reason says why. */
  'skipped',
  /** The channel refused the step's message for good. */
  'failed',
  /** Nobody knows whether the step's message went out. */
  'unknown',
  /** A message that was `unknown` was found to have gone out, or is taken as such after a day. */
  'resolved',
  /** The step's bot session began, or ended with the outcome in `reasons`. */
  'botStarted',
  'botEnded',
  /** The due time moved; the reasons say by which rules. */
  'rescheduled',
  /** Stops and their ends. */
  'paused',
  'resumed',
  'held',
  'released',
  /** Taken over to another version of the sequence. */
  'moved',
  /** Taken to another step by a member; `details.fromStepKey` is where it was. */
  'stepChanged',
  /** Ended; the exit reason is in `reasons`. */
  'exited',
] as const;
export type EnrolmentEventKind = (typeof enrolmentEventKinds)[number];

/** Why a bot was not started: it was never published, a session is open, or a person has the conversation. */
const botRefusals = ['notPublished', 'sessionOpen', 'conversationTaken'] as const;

/** Why a step was passed over: at planning, or at its claim. */
export const skipReasons = [
  ...planningSkips,
  'expired',
  'noAddress',
  /** The address is on the suppression list. */
  'suppressed',
  'missingVariable',
  'templateError',
  'accountDeleted',
  'overdue',
  'member',
  ...botRefusals,
] as const;
export type SkipReason = (typeof skipReasons)[number];

export const exitReasons = [
  'completed',
  'replied',
  'goal',
  'optedOut',
  'bounced',
  'removed',
  'failed',
  'expired',
  'exitStep',
  'sequenceArchived',
  'merged',
] as const;
export type ExitReason = (typeof exitReasons)[number];

/** Why a contact was not enrolled. */
export const refusalReasons = [
  'notFound',
  'alreadyActive',
  /** An import of a file with the same content has enrolled the contact here already, under the same key. */
  'alreadyImported',
  'noReentry',
  'coolDown',
  'noAddress',
  'optedOut',
  'suppressed',
  'exclusive',
] as const;
export type RefusalReason = (typeof refusalReasons)[number];

/** Why a control of an enrolment changed nothing. `underWay`: its message is with the channel, or a bot talks with the contact and the
 *  control does not end that. `paused`, `held`: it has to go on first. `neverOpens`: its hours leave nothing open. `unknownStep`: the
 *  version that it is in has no such step. `notUnknown`: what became of its message is known. */
export const controlRefusals = [
  'notFound',
  'alreadyEnded',
  'alreadyPaused',
  'notPaused',
  'underWay',
  'paused',
  'held',
  'neverOpens',
  'unknownStep',
  'notUnknown',
] as const;
export type ControlRefusal = (typeof controlRefusals)[number];
