/** Enrolments as the API shows them: instants as ISO strings in UTC. */
import type { EnrolmentEventRow } from '#db/queries/enrolment-events.ts';
import type { EnrolmentMessageRow, EnrolmentRow } from '#db/queries/enrolment-lists.ts';
import { holidaysBetween, type NamedDate } from '#server/domain/calendar/holidays-between.ts';
import type { ClosedDates } from '#server/domain/definition/compile.ts';

/** The holidays that a move went over, by their names of today; none where no holiday moved it. */
export function holidaysOver(
  reasons: readonly string[],
  from: Date | null,
  to: Date | null,
  closedDates: ClosedDates,
  zone: string,
): NamedDate[] {
  return from && to && reasons.includes('holiday') ? holidaysBetween(closedDates, from, to, zone) : [];
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null;

export function enrolmentView(row: EnrolmentRow) {
  return {
    ...row,
    dueAt: iso(row.dueAt),
    plannedAt: iso(row.plannedAt),
    startedAt: row.startedAt.toISOString(),
    pausedAt: iso(row.pausedAt),
    pausedUntil: iso(row.pausedUntil),
    heldAt: iso(row.heldAt),
    heldUntil: iso(row.heldUntil),
    endedAt: iso(row.endedAt),
  };
}

export function enrolmentEventView(row: EnrolmentEventRow) {
  return {
    at: row.at.toISOString(),
    kind: row.kind,
    stepKey: row.stepKey,
    stepNumber: row.stepNumber,
    from: iso(row.fromAt),
    to: iso(row.toAt),
    reasons: row.reasons,
    messageId: row.messageId,
    /** Null for the system. */
    actor: row.actorKind === 'system' ? null : { kind: row.actorKind, id: row.actorId, name: row.actorName },
    details: row.details,
  };
}

/** As in a simulation: `plannedAt` is the instant it was due, `movedFrom` what its wait asked for, where windows moved it. */
export function enrolmentMessageView({ dueAt, ...row }: EnrolmentMessageRow) {
  const plannedAt = iso(dueAt ?? row.plannedAt);
  const wantedAt = iso(row.plannedAt);
  return {
    ...row,
    plannedAt,
    movedFrom: wantedAt === plannedAt ? null : wantedAt,
    acceptedAt: iso(row.acceptedAt),
    repliedAt: iso(row.repliedAt),
  };
}
