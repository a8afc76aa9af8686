/** A trigger as the API shows it: what it watches in one piece, and what came of it since it was made. */
import type { TriggerRow, TriggerTally } from '#db/queries/triggers.ts';
import type { TriggerRefusal } from '#server/domain/trigger.ts';

export function triggerView(row: TriggerRow, tallies: readonly TriggerTally[]) {
  const own = tallies.filter(({ triggerId }) => triggerId === row.id);
  const lastMs = Math.max(...own.map(({ lastAt }) => lastAt.getTime()));
  return {
    id: row.id,
    sequenceId: row.sequenceId,
    sequenceName: row.sequenceName,
    on: watched(row),
    condition: row.condition,
    enabled: row.enabled,
    createdAt: row.createdAt.toISOString(),
    /** When it last looked at an occasion; null before the first. */
    lastAt: own.length > 0 ? new Date(lastMs).toISOString() : null,
    enrolled: own.find(({ outcome }) => outcome === 'enrolled')?.count ?? 0,
    refused: own
      .filter(({ outcome }) => outcome !== 'enrolled')
      .map(({ outcome, count }) => ({ reason: outcome as TriggerRefusal, count })),
  };
}

/** `tag` is null when the tag is gone: the trigger never rings then. */
function watched(row: TriggerRow) {
  switch (row.kind) {
    case 'contactCreated':
      return { kind: 'contactCreated' as const };
    case 'tagAdded':
      return { kind: 'tagAdded' as const, tag: row.tag };
    case 'fieldChanged':
      return { kind: 'fieldChanged' as const, field: row.field ?? '', ...(row.becomes === null ? {} : { becomes: row.becomes }) };
    case 'inactivity':
      return { kind: 'inactivity' as const, silence: row.silence ?? 'notContacted', days: row.days ?? 1 };
  }
}
