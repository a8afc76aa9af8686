/** Contacts that a transaction has just made, as candidates for a sequence: there is nothing yet that could refuse them but themselves. */
import type { EnrolmentCandidates } from '#db/queries/enrolment-rows.ts';

export interface MadeContact {
  readonly contactId: string;
  readonly phone: string | null;
  readonly email: string | null;
  readonly timeZone: string | null;
  readonly timeZoneOrigin: 'set' | 'phone' | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** In groups of whom the same is true, as `listEnrolmentCandidates` answers others. `fields`: keys of those that make a difference. */
export function groupMade(
  made: readonly MadeContact[],
  fields: readonly string[],
  keyOf: (contactId: string) => string,
): EnrolmentCandidates[] {
  const groups = new Map<string, EnrolmentCandidates & { contactIds: string[] }>();
  for (const { contactId, phone, email, timeZone, timeZoneOrigin, fields: all } of made) {
    const read = Object.fromEntries(fields.flatMap((name) => (name in all ? [[name, all[name]]] : [])));
    const key = keyOf(contactId);
    const same = `${phone === null}|${email === null}|${timeZone}|${timeZoneOrigin}|${fields.length === 0 ? '' : JSON.stringify(read)}|${key}`;
    const group = groups.get(same);
    if (group) group.contactIds.push(contactId);
    else {
      const nothing = { isActive: false, lastEndedAt: null, optedOutOf: [], isInGroup: false };
      groups.set(same, { contactIds: [contactId], key, phone, email, timeZone, timeZoneOrigin, fields: read, ...nothing });
    }
  }
  return [...groups.values()];
}
