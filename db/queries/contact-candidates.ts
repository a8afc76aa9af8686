/** Where an index can name all contacts that a filter may mean, so that a rare match is found without reading everybody. */
import { type RawBuilder, sql } from 'kysely';
import type { ContactCondition, ContactLeaf } from '#server/domain/contact/filter.ts';
import {
  type IndexWord,
  indexWords,
  phoneBeginning,
  phoneIndexWords,
  searchIndexWords,
  type SearchWord,
  searchWords,
} from '#server/domain/contact/search.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import type { Db } from '../client.ts';
import {
  type Condition,
  conditionSql,
  consentDetails,
  consentIsOf,
  contactedSince,
  daysAgo,
  isNegative,
  rowMatches,
  tagIds,
} from './contact-conditions.ts';
import { isIndexedUnder } from './contact-words.ts';

/** Everyone who fulfils the filter is among them, and perhaps others: contacts by a condition that an index of theirs serves, or
 *  ids that another table has (a query of one column, `id`, in which they may come twice, and count twice towards `most`). */
type Source = { readonly of: 'contacts'; readonly where: Condition } | { readonly of: 'ids'; readonly ids: RawBuilder<unknown> };

/** Ids are looked up one by one; contacts are read as they lie, which costs less. */
const mostIds = 5_000;
const mostContacts = 20_000;
/** Records of contacts that are read for conditions that no index serves. */
const mostRead = { consents: 20_000, importRows: 50_000 } as const;

export interface Candidates {
  /** A query that is given the name `named`, before it is asked for contacts. */
  readonly named: RawBuilder<unknown>;
  /** A table `c` of contacts, in which one may come twice. Nobody is in it when too many are named. */
  readonly contacts: RawBuilder<unknown>;
  /** One more than these are named when there are too many to look at each. */
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
  const contacts = sql`(select k.* from named cross join lateral (
    select * from contacts where workspace_id = ${workspaceId} and id = named.id limit 1) k
    where (select count(*) from named) <= ${mostIds}) c`;
  return { named: sql`select id from (${ids}) given limit ${mostIds + 1}`, contacts, most: mostIds };
}

function byCondition(workspaceId: WorkspaceId, where: Condition): Candidates {
  const named = sql`select c.* from contacts c where c.workspace_id = ${workspaceId} and ${where} limit ${mostContacts + 1}`;
  return { named, contacts: sql`(select * from named where (select count(*) from named) <= ${mostContacts}) c`, most: mostContacts };
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
  switch (leaf.on) {
    case 'search':
      return searchSource(searchWords(leaf.value));
    case 'email':
      return leaf.op === 'is' ? byItself(workspaceId, leaf) : bySource(textWords(leaf.op, leaf.value));
    case 'phone': {
      const digits = (leaf.value ?? '').replace(/\D/g, '');
      if (leaf.op === 'startsWith' && digits.length > 2) return bySource([phoneBeginning(digits)]);
      return leaf.op === 'is' ? byItself(workspaceId, leaf) : null;
    }
    case 'notes':
      return leaf.op === 'isNotEmpty' || hasTrigram.test(leaf.value ?? '') ? byItself(workspaceId, leaf) : null;
    case 'name':
      return bySource(textWords(leaf.op, leaf.value));
    case 'field':
      return bySource(leaf.op === 'isAnyOf' ? (leaf.values ?? []).flatMap((one) => textWords('is', one)) : textWords(leaf.op, leaf.value));
    case 'owner':
      return byItself(workspaceId, leaf);
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
    case 'contacted':
      return {
        of: 'ids',
        ids: sql`select m.contact_id as id from messages m where m.workspace_id = ${workspaceId} and ${contactedSince(leaf.days)}`,
      };
    case 'optedOut': {
      const ofKind = leaf.channelKind ? sql`and channel_kind = ${leaf.channelKind}` : sql``;
      return { of: 'ids', ids: sql`select contact_id as id from opt_outs where workspace_id = ${workspaceId} ${ofKind}` };
    }
    case 'consent': {
      const from = sql`consents n where n.workspace_id = ${workspaceId} and ${consentIsOf(leaf)}`;
      const details = consentDetails(leaf);
      if (details.length === 0) return { of: 'ids', ids: sql`select n.contact_id as id from ${from}` };
      const order = sql`n.status, n.channel_kind, n.contact_id`;
      return { of: 'ids', ids: ofFew({ name: 'n', from, order, mostRead: mostRead.consents }, details) };
    }
    case 'import': {
      const from = sql`import_rows r where r.workspace_id = ${workspaceId} and r.import_id = any(${leaf.importIds}::uuid[])
        and r.contact_id is not null`;
      const order = sql`r.import_id, r.line`;
      return { of: 'ids', ids: ofFew({ name: 'r', from, order, mostRead: mostRead.importRows }, [rowMatches(leaf)]) };
    }
    default:
      return null;
  }
}

/** Records of contacts under a name, in the order of an index: whatever is known of the table, nothing else is read for the first of them. */
interface Records {
  readonly name: 'n' | 'r';
  readonly from: RawBuilder<unknown>;
  readonly order: RawBuilder<unknown>;
  readonly mostRead: number;
}

/** The contacts of those records that fulfil conditions which no index serves, as long as the records are few enough to be read: those of
 *  all records otherwise, since who fulfils them might be the last of many. */
function ofFew({ name, from, order, mostRead }: Records, conditions: readonly Condition[]): RawBuilder<unknown> {
  const as = sql.raw(name);
  return sql`select ${as}.contact_id as id from (select ${as}.* from ${from} order by ${order} limit ${mostRead + 1}) ${as}
    where (${sql.join(conditions, sql` and `)}) or (select count(*) from (select from ${from} limit ${mostRead + 1}) few) > ${mostRead}`;
}

/** What the index of notes can be asked for. */
const hasTrigram = /[\p{L}\p{N}]{3}/u;

function byItself(workspaceId: WorkspaceId, leaf: ContactLeaf): Source {
  return { of: 'contacts', where: conditionSql(workspaceId, leaf) };
}

/** Null when one of the alternatives has no word that the index could be asked for: it may be anybody's. */
function bySource(alternatives: readonly (readonly IndexWord[])[]): Source | null {
  if (alternatives.length === 0 || alternatives.some((all) => all.length === 0)) return null;
  return { of: 'contacts', where: isIndexedUnder(alternatives) };
}

/** Of words that all must be found, those that the index can be asked for. */
function searchSource(words: readonly SearchWord[]): Source | null {
  if (words.length === 0) return { of: 'contacts', where: sql`false` };
  const wheres = words.flatMap(({ texts, digits }): Condition[] => {
    const asText = texts.map(searchIndexWords);
    const asPhone = digits === null ? [] : phoneIndexWords(digits);
    if (asText.some((all) => all.length === 0) || asPhone === null) return [];
    return [isIndexedUnder([...asText, ...asPhone])];
  });
  return wheres.length > 0 ? { of: 'contacts', where: sql`(${sql.join(wheres, sql` and `)})` } : null;
}

/** What stands in the text of whoever fulfils the condition; numbers as they are written in it. Where a text only has to be in the
 *  middle of another, nothing has to begin with it. */
function textWords(op: string, value: string | number | boolean | undefined): IndexWord[][] {
  if (typeof value === 'number') return op === 'is' && Number.isSafeInteger(value) ? [indexWords(String(Math.abs(value)), 'whole')] : [[]];
  if (typeof value !== 'string' || (op !== 'is' && op !== 'startsWith')) return [[]];
  return [indexWords(value, op === 'is' ? 'whole' : 'beginning')];
}

/** How many of the candidates fulfil the filter; null when there are too many candidates. */
export async function countAmong(db: Db, { named, contacts, most }: Candidates, condition: Condition): Promise<number | null> {
  const { rows } = await sql<{ seen: number; matching: number }>`
    with named as materialized (${named})
    select (select count(*) from named) as seen, count(distinct c.id) filter (where ${condition}) as matching from ${contacts}`.execute(db);
  const { seen = 0, matching = 0 } = rows[0] ?? {};
  return seen > most ? null : matching;
}
