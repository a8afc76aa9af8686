/** Where an index can name all contacts that a filter may mean, so that a rare match is found without reading everybody. */
import { type RawBuilder, sql } from 'kysely';
import type { ContactCondition, ContactLeaf } from '#server/domain/contact/filter.ts';
import { searchWords, wordsToFind } from '#server/domain/contact/search.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import { type Condition, conditionSql, consentMatches, daysAgo, isNegative, tagIds } from './contact-conditions.ts';

/** Everyone who fulfils the filter is among them, and perhaps others: contacts by a condition that an index of theirs serves, or
 *  ids that another table has (a query of one column, `id`, in which they may come twice, and count twice towards `most`). */
type Source = { readonly of: 'contacts'; readonly where: Condition } | { readonly of: 'ids'; readonly ids: RawBuilder<unknown> };

/** Ids are looked up one by one; contacts are read as they lie, which costs less. */
const mostIds = 5_000;
const mostContacts = 20_000;

export interface Candidates {
  /** A table `c` of contacts, in which one may come twice. */
  readonly contacts: RawBuilder<unknown>;
  /** One more than these are in it when there are too many to look at each. */
  readonly most: number;
}

/** The places to look, the one that says soonest whether it has too many first. */
export function candidatesOf(workspaceId: WorkspaceId, condition: ContactCondition): Candidates[] {
  return sourcesOf(workspaceId, condition)
    .toSorted((a, b) => (a.of === b.of ? 0 : a.of === 'ids' ? -1 : 1))
    .map((source) => (source.of === 'ids' ? byIds(workspaceId, source.ids) : byCondition(workspaceId, source.where)));
}

function byIds(workspaceId: WorkspaceId, ids: RawBuilder<unknown>): Candidates {
  // A look into the index for each: a join could read everybody instead.
  const contacts = sql`(select k.* from (select id from (${ids}) named limit ${mostIds + 1}) known
    cross join lateral (select * from contacts where workspace_id = ${workspaceId} and id = known.id limit 1) k) c`;
  return { contacts, most: mostIds };
}

function byCondition(workspaceId: WorkspaceId, where: Condition): Candidates {
  const contacts = sql`(select c.* from contacts c where c.workspace_id = ${workspaceId} and ${where} limit ${mostContacts + 1}) c`;
  return { contacts, most: mostContacts };
}

/** Each of them is enough. Where all conditions must hold, those on the contacts themselves narrow one search together; where any may,
 *  every one of them must have a source. */
function sourcesOf(workspaceId: WorkspaceId, condition: ContactCondition): Source[] {
  if (!('of' in condition)) {
    const source = isNegative(condition) ? null : sourceOf(workspaceId, condition);
    return source ? [source] : [];
  }
  const parts = condition.of.map((part) => sourcesOf(workspaceId, part));
  if (condition.on === 'all') {
    const sources = parts.flat();
    const wheres = sources.flatMap((source) => (source.of === 'contacts' ? [source.where] : []));
    const others = sources.filter((source) => source.of === 'ids');
    return wheres.length > 0 ? [...others, { of: 'contacts', where: sql`(${sql.join(wheres, sql` and `)})` }] : others;
  }
  if (condition.on === 'none' || parts.some((sources) => sources.length === 0)) return [];
  // Any of nothing is nobody.
  if (parts.length === 0) return [{ of: 'contacts', where: sql`false` }];
  return [
    anyOf(
      workspaceId,
      parts.flatMap((sources) => sources[0] ?? []),
    ),
  ];
}

function anyOf(workspaceId: WorkspaceId, sources: readonly Source[]): Source {
  const wheres = sources.flatMap((source) => (source.of === 'contacts' ? [source.where] : []));
  if (wheres.length === sources.length) return { of: 'contacts', where: sql`(${sql.join(wheres, sql` or `)})` };
  const queries = sources.map((source) =>
    source.of === 'ids'
      ? sql`(${source.ids})`
      : sql`(select c.id from contacts c where c.workspace_id = ${workspaceId} and ${source.where} limit ${mostIds + 1})`,
  );
  return { of: 'ids', ids: sql.join(queries, sql` union all `) };
}

function sourceOf(workspaceId: WorkspaceId, leaf: ContactLeaf): Source | null {
  const contacts = (): Source => ({ of: 'contacts', where: conditionSql(workspaceId, leaf) });
  const indexed = (text: unknown): boolean => typeof text !== 'boolean' && wordsToFind(String(text ?? '')).length > 0;
  switch (leaf.on) {
    case 'search':
      return searchWords(leaf.value).some((forms) => forms.every(indexed)) ? contacts() : null;
    case 'email':
    case 'phone':
      return leaf.op === 'is' || indexed(leaf.value) ? contacts() : null;
    case 'name':
      return indexed(leaf.value) ? contacts() : null;
    case 'field': {
      const findable = leaf.op === 'is' || leaf.op === 'contains' || leaf.op === 'startsWith' || leaf.op === 'isAnyOf';
      return findable && (leaf.values ?? [leaf.value]).every(indexed) ? contacts() : null;
    }
    case 'notes':
      return leaf.op === 'isNotEmpty' || indexed(leaf.value) ? contacts() : null;
    case 'owner':
      return contacts();
    case 'tags': {
      if (leaf.tags === undefined || leaf.op === 'isNotEmpty') return null;
      const tags = tagIds(workspaceId, leaf.op === 'hasAll' ? leaf.tags.slice(0, 1) : leaf.tags);
      // In the order of an index, which is then used whatever the table's statistics say of tags that they do not know.
      const ids = sql`select ct.contact_id as id from unnest(${tags}) t (id) cross join lateral (
        select contact_id from contact_tags where workspace_id = ${workspaceId} and tag_id = t.id order by contact_id limit ${mostIds + 1}) ct`;
      return { of: 'ids', ids };
    }
    case 'inSequence': {
      if (leaf.sequenceIds === undefined) return null;
      const ids = sql`select e.contact_id as id from enrolments e where e.workspace_id = ${workspaceId} and e.ended_at is null
        and e.sequence_id = any(${leaf.sequenceIds}::uuid[])`;
      return { of: 'ids', ids };
    }
    case 'replied': {
      const ids = sql`select v.contact_id as id from conversations v where v.workspace_id = ${workspaceId}
        and v.last_inbound_at >= ${daysAgo(leaf.days)}`;
      return { of: 'ids', ids };
    }
    case 'optedOut': {
      const ofKind = leaf.channelKind ? sql`and channel_kind = ${leaf.channelKind}` : sql``;
      return { of: 'ids', ids: sql`select contact_id as id from opt_outs where workspace_id = ${workspaceId} ${ofKind}` };
    }
    case 'consent': {
      return {
        of: 'ids',
        ids: sql`select n.contact_id as id from consents n where n.workspace_id = ${workspaceId} and ${consentMatches(leaf)}`,
      };
    }
    default:
      return null;
  }
}

/** How many of the candidates fulfil the filter; null when there are too many candidates. */
export async function countAmong(db: Db, { contacts, most }: Candidates, condition: Condition): Promise<number | null> {
  const { rows } = await sql<{ seen: number; matching: number }>`
    select count(*) as seen, count(distinct c.id) filter (where ${condition}) as matching from ${contacts}`.execute(db);
  const { seen = 0, matching = 0 } = rows[0] ?? {};
  return seen > most ? null : matching;
}
