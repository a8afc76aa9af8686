/** Contacts that a transaction has just made, as candidates for a sequence: only they themselves can refuse yet. */
import type { EnrolmentCandidates } from '#db/queries/enrolment-rows.ts';

export interface MadeContact {
  readonly contactId: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  readonly fields: Readonly<Record<string, unknown>>;
  /** The kinds of channels that they refuse from the beginning. */
  readonly optedOutOf?: readonly string[];
}

/** In groups of whom the same is true, as `listEnrolmentCandidates` answers others. `fields`: keys of those that make a difference. */
export function groupMade(
  made: readonly MadeContact[],
  fields: readonly string[],
  keyOf: (contactId: string) => string,
): EnrolmentCandidates[] {
  const groups = new Map<string, EnrolmentCandidates & { contactIds: string[] }>();
  for (const { contactId, phone, email, timeZone, timeZoneOrigin, fields: all, optedOutOf = [] } of made) {
    const read = Object.fromEntries(fields.flatMap((name) => (name in all ? [[name, all[name]]] : [])));
    const key = keyOf(contactId);
    const same = `${phone === null}|${email === null}|${timeZone}|${timeZoneOrigin}|${fields.length === 0 ? '' : JSON.stringify(read)}|${optedOutOf.join()}|${key}`;
    const group = groups.get(same);
    if (group) group.contactIds.push(contactId);
    else {
      const nothing = { isActive: false, lastEndedAt: null, optedOutOf: [...optedOutOf], isInGroup: false };
      groups.set(same, { contactIds: [contactId], key, phone, email, timeZone, timeZoneOrigin, fields: read, ...nothing });
    }
  }
  return [...groups.values()];
}
