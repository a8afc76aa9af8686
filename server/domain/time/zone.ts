/** Which zone's clock an enrolment follows, and where that was learnt. */
import type { Definition } from '#server/domain/definition/schema.ts';
import type { ZoneOrigin } from './schema.ts';

export interface ContactZone {
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
}

export interface ResolvedZone {
  readonly zone: string;
  readonly origin: ZoneOrigin;
}

/** A sequence with a fixed zone uses it for everyone; else the contact's own; else the workspace's. Source: product §3. */
export function resolveZone(input: {
  readonly definitionZone: Definition['zone'];
  readonly contact: ContactZone;
  readonly workspaceTimeZone: string;
}): ResolvedZone {
  const { definitionZone, contact, workspaceTimeZone } = input;
  if (typeof definitionZone === 'object') return { zone: definitionZone.iana, origin: 'sequence' };
  if (definitionZone === 'contact' && contact.timeZone !== null && contact.timeZoneOrigin !== null) {
    return { zone: contact.timeZone, origin: contact.timeZoneOrigin };
  }
  return { zone: workspaceTimeZone, origin: 'workspace' };
}
