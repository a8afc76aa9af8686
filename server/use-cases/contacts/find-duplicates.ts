/** Looks for contacts that are possibly one person, among all of a workspace. */
import type { Db, Tx } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import {
  findDuplicateSearch,
  listDistinctPairs,
  listDuplicateCandidates,
  listDuplicateSubjects,
  lockDuplicateSearches,
  replaceDuplicateGroups,
} from '#db/queries/duplicates.ts';
import type { Actor } from '#server/auth/actor.ts';
import { duplicateGroups, type DuplicateSubject, factFields } from '#server/domain/contact/duplicates.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { startOperation } from '../operations/start-operation.ts';

const subjectsAtOnce = 5_000;

/** Has a worker search. One search of a workspace at a time: while one is under way, it is the one that is answered. */
export function findDuplicates(db: Db, actor: Actor): Promise<{ operationId: string }> {
  return db.transaction().execute(async (tx) => {
    await lockDuplicateSearches(tx, actor.workspaceId);
    const search = await findDuplicateSearch(tx, actor.workspaceId);
    if (search?.status === 'queued' || search?.status === 'running') return { operationId: search.operationId };
    return { operationId: await startOperation(tx, actor, { kind: 'findDuplicates' }, null) };
  });
}

/** The search itself: writes what it found in the place of what was known. Answers how many groups there are. */
export async function findDuplicatesIn(tx: Tx, workspaceId: WorkspaceId): Promise<number> {
  const facts = factFields(await listContactFields(tx, workspaceId));
  const ids = await listDuplicateCandidates(tx, workspaceId, facts);
  const subjects: DuplicateSubject[] = [];
  for (let from = 0; from < ids.length; from += subjectsAtOnce) {
    subjects.push(...(await listDuplicateSubjects(tx, workspaceId, facts, ids.slice(from, from + subjectsAtOnce))));
  }
  const groups = duplicateGroups(subjects, await distinctPairs(tx, workspaceId, ids));
  await replaceDuplicateGroups(
    tx,
    workspaceId,
    groups.map((group) => group.contactIds),
  );
  return groups.length;
}

/** A test of pairs among these contacts: whether somebody said that they are two people. */
export async function distinctPairs(
  db: Db,
  workspaceId: WorkspaceId,
  ids: readonly string[],
): Promise<(one: string, other: string) => boolean> {
  const distinct = new Set((await listDistinctPairs(db, workspaceId, ids)).map(({ one, other }) => `${one}:${other}`));
  if (distinct.size === 0) return () => false;
  return (one, other) => distinct.has(one < other ? `${one}:${other}` : `${other}:${one}`);
}
