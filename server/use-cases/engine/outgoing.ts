/** A message on its way: what the provider gets, and what settling will need without reading it again. */
import type { ZoneOrigin } from '#server/domain/time/schema.ts';
import type { CompiledDefinition, WorkspaceRules } from '#server/domain/definition/compile.ts';
import type { OutboundMessage, SendResult } from '#server/channels/channel.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

/** The step that a message belongs to, as it stood at the claim. */
export interface OutgoingStep {
  readonly enrolmentId: string;
  readonly epoch: number;
  readonly sequenceId: string;
  readonly version: number;
  readonly stepKey: string;
  readonly stepNumber: number;
  readonly plannedAt: Date | null;
  readonly dueAt: Date;
  readonly moveReasons: readonly string[];
  readonly startedAt: Date;
  readonly timeZone: string;
  readonly timeZoneOrigin: ZoneOrigin;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly compiled: CompiledDefinition;
  readonly rules: WorkspaceRules;
}

export interface Outgoing {
  readonly workspaceId: WorkspaceId;
  readonly channelAccountId: string;
  readonly token: string;
  readonly contactId: string;
  readonly message: OutboundMessage;
  /** Null for messages of bots and members. */
  readonly step: OutgoingStep | null;
}

export interface Settled {
  readonly outgoing: Outgoing;
  readonly result: SendResult;
  /** The database's clock at the moment of the provider's answer. */
  readonly at: Date;
}

/** The most that one call to a provider may take, and the lease of a claim: what is still `sending` after that is `unknown`. */
export const sendTimeoutMs = 30_000;
export const leaseMs = sendTimeoutMs + 60_000;
