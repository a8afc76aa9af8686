/** A filter as the builder holds it: one group, with groups in it. */
import { type ContactCondition, leavesOf } from '#server/domain/contact/filter.ts';
import { isReady, newCondition } from './new-condition.ts';

export type Group = Extract<ContactCondition, { of: unknown }>;

export function groupOf(condition: ContactCondition | null): Group {
  if (condition === null) return { on: 'all', of: [newCondition('tags', [])] };
  return 'of' in condition ? condition : { on: 'all', of: [condition] };
}

/** What it asks, once every condition says what it wants; null when it asks nothing. */
export function askedBy(group: Group): Group | null {
  return leavesOf(group).every(isReady) ? withoutEmptyGroups(group) : null;
}

function withoutEmptyGroups(group: Group): Group | null {
  const of = group.of.flatMap((part) => ('of' in part ? (withoutEmptyGroups(part) ?? []) : part));
  return of.length > 0 ? { on: group.on, of } : null;
}
