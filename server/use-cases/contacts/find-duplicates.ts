/** Looks for contacts that are possibly one person, among all of a workspace. */
import type { Db, Tx } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import {
  findDuplicateSearch,
  listDistinctPairs,
  listDuplicateCandidates,
  listDuplicateSubjects,
  replaceDuplicateGroups,
} from '#db/queries/duplicates.ts';
import { type Actor } from '#server/auth/actor.ts';
import { type DuplicateGroup, duplicateGroups, type DuplicateSubject, factFields } from '#server/domain/contact/duplicates.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { startOperation } from '../operations/start-operation.ts';

const subjectsAtOnce = 5_000;

/** Has a worker search. One search of a workspace at a time: while one is under way, it is the one that is answered. */
export function findDuplicates(db: Db, actor: Actor): Promise<{ operationId: string }> {
  return db.transaction().execute(async (tx) => {
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
  const groups = await groupsOf(tx, workspaceId, subjects);
  await replaceDuplicateGroups(
    tx,
    workspaceId,
    groups.map((group) => group.contactIds),
  );
  return groups.length;
}

/** The groups among these contacts, without pairs of which somebody said that they are two people. */
export async function groupsOf(db: Db, workspaceId: WorkspaceId, subjects: readonly DuplicateSubject[]): Promise<DuplicateGroup[]> {
  const pairs = await listDistinctPairs(
    db,
    workspaceId,
    subjects.map((subject) => subject.id),
  );
  const distinct = new Set(pairs.map(({ one, other }) => `${one}:${other}`));
  return duplicateGroups(subjects, (one, other) => distinct.has(one < other ? `${one}:${other}` : `${other}:${one}`));
}
