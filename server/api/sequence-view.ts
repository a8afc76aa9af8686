/** How sequences look to callers of the API: instants as ISO strings in UTC. */
import type { SequenceOverview, WaitingAtStep } from '#db/queries/sequence-overview.ts';
import type { VersionRow } from '#db/queries/sequence-versions.ts';
import type { SequenceRow } from '#db/queries/sequences.ts';

export function overviewView(row: SequenceOverview) {
  return { ...row, nextSendAt: row.nextSendAt?.toISOString() ?? null, updatedAt: row.updatedAt.toISOString() };
}

export function sequenceView(
  sequence: SequenceRow,
  live: VersionRow | null,
  waiting: { readonly steps: WaitingAtStep[]; readonly isExact: boolean },
) {
  return {
    id: sequence.id,
    name: sequence.name,
    status: sequence.status,
    draft: sequence.draft,
    draftRevision: sequence.draftRevision,
    liveVersion: sequence.liveVersion,
    priority: sequence.priority,
    live: live && { version: live.version, definition: live.definition, publishedAt: live.publishedAt.toISOString() },
    waiting: waiting.steps,
    waitingIsExact: waiting.isExact,
    pausedAt: sequence.pausedAt?.toISOString() ?? null,
    createdAt: sequence.createdAt.toISOString(),
    updatedAt: sequence.updatedAt.toISOString(),
  };
}
