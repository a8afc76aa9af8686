/** Where an index can name all contacts that a filter may mean, so that a rare match is found without reading everybody. */
import { type RawBuilder, sql } from 'kysely';
import type { ContactCondition, ContactLeaf } from '#server/domain/contact/filter.ts';
import { searchWords, wordsToFind } from '#server/domain/contact/search.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { conditionSql, daysAgo, isNegative, tagIds } from './contact-conditions.ts';

export interface Candidates {
  /** A query of one column, `id`: everyone who fulfils the filter is in it, and perhaps others; ids may come twice. */
  readonly ids: RawBuilder<unknown>;
  /** How few there are, as a rule: the least is tried first. */
  readonly rank: number;
}

/** One source is enough where all conditions must hold; where any may, each must have one. */
export function candidatesOf(workspaceId: WorkspaceId, condition: ContactCondition): Candidates[] {
  if (condition.on === 'all') {
    return condition.of.flatMap((part) => candidatesOf(workspaceId, part)).sort((a, b) => a.rank - b.rank);
  }
  if (condition.on === 'none') return [];
  if ('of' in condition) {
    const best = condition.of.map((part) => candidatesOf(workspaceId, part)[0]);
    const sources = best.filter((source) => source !== undefined);
    if (sources.length < best.length) return [];
    const ids = sql.join(
      sources.map((source) => sql`(${source.ids})`),
      sql` union all `,
    );
    return [{ ids, rank: Math.max(...sources.map((source) => source.rank)) }];
  }
  const source = isNegative(condition) ? null : sourceOf(workspaceId, condition);
  return source ? [source] : [];
}

function sourceOf(workspaceId: WorkspaceId, leaf: ContactLeaf): Candidates | null {
  const contacts = (rank: number): Candidates => ({
    ids: sql`select c.id from contacts c where c.workspace_id = ${workspaceId} and ${conditionSql(workspaceId, leaf)}`,
    rank,
  });
  switch (leaf.on) {
    case 'search': {
      const words = searchWords(leaf.value);
      return words.some((forms) => forms.every((form) => wordsToFind(form).length > 0)) ? contacts(2) : null;
    }
    case 'email':
    case 'phone':
      return leaf.op === 'is' ? contacts(1) : null;
    case 'name':
      return leaf.value !== undefined && wordsToFind(leaf.value).length > 0 ? contacts(2) : null;
    case 'field': {
      if (leaf.op !== 'is' && leaf.op !== 'contains' && leaf.op !== 'startsWith' && leaf.op !== 'isAnyOf') return null;
      const values = leaf.values ?? [leaf.value];
      const found = values.every((value) => value !== undefined && typeof value !== 'boolean' && wordsToFind(String(value)).length > 0);
      return found ? contacts(3) : null;
    }
    case 'owner':
      return contacts(4);
    case 'tags':
      if (leaf.tags === undefined || leaf.op === 'isNotEmpty') return null;
      return {
        ids: sql`select ct.contact_id as id from contact_tags ct where ct.workspace_id = ${workspaceId}
          and ct.tag_id = any(${tagIds(workspaceId, leaf.op === 'hasAll' ? leaf.tags.slice(0, 1) : leaf.tags)})`,
        rank: 4,
      };
    case 'inSequence':
      if (leaf.sequenceIds === undefined) return null;
      return {
        ids: sql`select e.contact_id as id from enrolments e where e.workspace_id = ${workspaceId} and e.ended_at is null
          and e.sequence_id = any(${leaf.sequenceIds}::uuid[])`,
        rank: 4,
      };
    case 'replied':
      return {
        ids: sql`select v.contact_id as id from conversations v where v.workspace_id = ${workspaceId}
          and v.last_inbound_at >= ${daysAgo(leaf.days)}`,
        rank: 4,
      };
    default:
      return null;
  }
}
