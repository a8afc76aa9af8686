/** Conditions of a contact filter as SQL on the contacts `c`. What a condition means stands here alone. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { ContactCondition, ContactLeaf } from '#server/domain/contact/filter.ts';
import { phonePatterns, type SearchWord, searchWords } from '#server/domain/contact/search.ts';
import { addressKinds, type SuppressibleAddress } from '#server/domain/suppression.ts';
import { addressHashParts } from '#server/platform/address-hash.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';
import { hasSigns, hasWords } from './contact-words.ts';

export type Condition = RawBuilder<SqlBool>;
type Leaf<On extends ContactLeaf['on']> = Extract<ContactLeaf, { on: On }>;

/** How many contacts are asked: a part of them, or everybody in one statement. */
export type Asked = 'some' | 'everybody';

/** Segments must have been written out before: they throw. */
export function conditionSql(workspaceId: WorkspaceId, condition: ContactCondition, asked: Asked = 'some'): Condition {
  if ('of' in condition) {
    const parts = condition.of.map((part) => conditionSql(workspaceId, part, asked));
    if (condition.on === 'all') return allOf(parts);
    return condition.on === 'any' ? anyOf(parts) : sql`${anyOf(parts)} is not true`;
  }
  const positive = holds(workspaceId, condition, asked);
  return isNegative(condition) ? sql`(${positive}) is not true` : positive;
}

/** What a negative operator negates, is compiled; a contact without the value fulfils the negation. */
export function isNegative(leaf: ContactLeaf): boolean {
  return 'op' in leaf && negativeOperators.has(leaf.op);
}

const negativeOperators: ReadonlySet<string> = new Set([
  'isNot',
  'notContains',
  'isNoneOf',
  'hasNone',
  'notInLastDays',
  'notGiven',
  'notWithdrawn',
  'notNamed',
  'isEmpty',
]);

function holds(workspaceId: WorkspaceId, leaf: ContactLeaf, asked: Asked): Condition {
  switch (leaf.on) {
    case 'search':
      return searchHolds(searchWords(leaf.value));
    case 'name':
      return textHolds(sql`c.name`, leaf);
    case 'email':
      if (leaf.op === 'is' || leaf.op === 'isNot') return sql`lower(c.email) = lower(${leaf.value ?? ''})`;
      return textHolds(sql`c.email`, leaf);
    case 'phone':
      return phoneHolds(leaf);
    case 'externalId':
      return asksPresence(leaf) ? sql`c.external_id is not null` : sql`c.external_id = ${leaf.value ?? ''}`;
    case 'locale':
    case 'timeZone': {
      const column = leaf.on === 'locale' ? sql`c.locale` : sql`c.time_zone`;
      return asksPresence(leaf) ? sql`${column} is not null` : sql`${column} = ${leaf.value ?? ''}`;
    }
    case 'notes':
      return allOf([sql`c.notes is not null`, ...(asksPresence(leaf) ? [] : notesHave(leaf.value ?? ''))]);
    case 'owner':
      return asksPresence(leaf) ? sql`c.owner_id is not null` : sql`c.owner_id = any(${leaf.memberIds ?? []}::uuid[])`;
    case 'tags':
      return tagsHold(workspaceId, leaf);
    case 'field':
      return fieldHolds(leaf);
    case 'inSequence':
      return sql`exists (select from enrolments e where e.workspace_id = ${workspaceId} and e.contact_id = c.id and e.ended_at is null
        ${leaf.sequenceIds ? sql`and e.sequence_id = any(${leaf.sequenceIds}::uuid[])` : sql``})`;
    case 'replied':
      return sql`exists (select from conversations v where v.workspace_id = ${workspaceId} and v.contact_id = c.id
        and v.last_inbound_at >= ${daysAgo(leaf.days)})`;
    case 'contacted':
      return sql`exists (select from messages m where m.workspace_id = ${workspaceId} and m.contact_id = c.id
        and m.created_at >= ${daysAgo(leaf.days + longestWaitDays)} and ${contactedSince(leaf.days)})`;
    case 'created':
      return sql`c.created_at >= ${daysAgo(leaf.days)}`;
    case 'createdAt':
      return leaf.op === 'since' ? sql`c.created_at >= ${leaf.at}::timestamptz` : sql`c.created_at < ${leaf.at}::timestamptz`;
    case 'optedOut':
      return sql`exists (select from opt_outs o where o.workspace_id = ${workspaceId} and o.contact_id = c.id
        ${leaf.channelKind ? sql`and o.channel_kind = ${leaf.channelKind}` : sql``})`;
    case 'consent':
      return sql`exists (select from consents n where n.workspace_id = ${workspaceId} and n.contact_id = c.id
        and ${consentMatches(leaf)} ${consentDetails(leaf).length > 0 ? eachByItself[asked] : sql``})`;
    case 'import':
      return sql`exists (select from import_rows r where r.workspace_id = ${workspaceId} and r.contact_id = c.id
        and r.import_id = any(${leaf.importIds}::uuid[]) and ${rowMatches(leaf)} ${eachByItself[asked]})`;
    case 'suppressed':
      return anyOf((leaf.address ? [leaf.address] : addressKinds).map((kind) => isSuppressed(workspaceId, kind)));
    case 'segment':
      throw new Error('A segment was not written out before it was asked for.');
  }
}

/** Of a subquery of `exists`: asked for each contact, and not answered for everybody beforehand; that is quicker where everybody is asked. */
const eachByItself = { some: sql`offset 0`, everybody: sql`` } as const satisfies Record<Asked, RawBuilder<unknown>>;

/** The index of trigrams of the notes serves it. */
function notesHave(text: string): Condition[] {
  return [sql`andante_fold(c.notes) like '%' || andante_fold(${escapeLike(text)}) || '%'`];
}

/** Of the consents `n`. */
export function consentMatches(leaf: Leaf<'consent'>): Condition {
  return allOf([consentIsOf(leaf), ...consentDetails(leaf)]);
}

/** The part that the index of consents serves. */
export function consentIsOf({ op, channelKind }: Leaf<'consent'>): Condition {
  const ofKind: Condition = channelKind ? sql`n.channel_kind = ${channelKind}` : sql`true`;
  if (op === 'isEmpty' || op === 'isNotEmpty') return ofKind;
  return sql`(n.status = ${op === 'given' || op === 'notGiven' ? 'given' : 'withdrawn'} and ${ofKind})`;
}

/** The part for which each record has to be read. */
export function consentDetails({ source, since, before, inLastDays }: Leaf<'consent'>): Condition[] {
  const details: Condition[] = [];
  if (since !== undefined) details.push(sql`n.at >= ${since}::timestamptz`);
  if (before !== undefined) details.push(sql`n.at < ${before}::timestamptz`);
  if (inLastDays !== undefined) details.push(sql`n.at >= ${daysAgo(inLastDays)}`);
  if (source !== undefined) details.push(sql`${foldedInPlace(sql`n.source`)} like '%' || andante_fold(${escapeLike(source)}) || '%'`);
  return details;
}

/** What `andante_fold` answers, written out: a call of it for each of many records takes several times as long. */
function foldedInPlace(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`lower(public.unaccent('public.unaccent'::regdictionary, ${value}))`;
}

/** Of the rows `r` of an import. */
export function rowMatches({ op }: Leaf<'import'>): Condition {
  switch (op) {
    case 'createdOrUpdated':
      return sql`r.outcome in ('created', 'updated')`;
    case 'created':
    case 'updated':
      return sql`r.outcome = ${op}`;
    case 'enrolled':
      return sql`r.enrolment_id is not null`;
    case 'named':
    case 'notNamed':
      return sql`true`;
  }
}

/** The database hashes the address as `addressHash` does. The list is read once a statement, and nothing is hashed while it is empty. */
function isSuppressed(workspaceId: WorkspaceId, kind: SuppressibleAddress['kind']): Condition {
  const { inner, outer } = addressHashParts(workspaceId, kind);
  const address = kind === 'phone' ? sql`c.phone` : sql`lower(c.email)`;
  return sql`case when exists (select from suppressions where workspace_id = ${workspaceId})
    then sha256(${outer}::bytea || sha256(${inner}::bytea || convert_to(${address}, 'UTF8')))
      in (select hash from suppressions where workspace_id = ${workspaceId}) else false end`;
}

/** A message is accepted within so many days after it was made, or counts for nobody's silence: most of what was ever written to a contact
 *  then does not have to be read. Trying again ends after days, see `server/domain/retry.ts`. */
const longestWaitDays = 30;

/** Of the messages `m`. */
export function contactedSince(days: number): Condition {
  return sql`m.direction = 'out' and m.origin <> 'test' and m.accepted_at >= ${daysAgo(days)}`;
}

/** Whoever is looked at costs a look at several messages, which lie apart. */
export function readsMessages(condition: ContactCondition): boolean {
  return 'of' in condition ? condition.of.some(readsMessages) : condition.on === 'contacted';
}

export function daysAgo(days: number): RawBuilder<Date> {
  return sql`(andante_now() - ${days}::int * interval '1 day')`;
}

/** Nobody is found by signs alone: whoever tags or deletes by a search means somebody. */
function searchHolds(words: readonly SearchWord[]): Condition {
  return words.length === 0 ? sql`false` : allOf(words.map(wordHolds));
}

/** A word begins so, or a phone does, or ends so. */
function wordHolds({ texts, digits }: SearchWord): Condition {
  const found = texts.map(hasWords);
  return anyOf(digits === null ? found : [...found, sql<SqlBool>`c.phone like any(${phonePatterns(digits)}::text[])`]);
}

function asksPresence(leaf: { readonly op: string }): boolean {
  return leaf.op === 'isEmpty' || leaf.op === 'isNotEmpty';
}

function textHolds(value: RawBuilder<unknown>, leaf: { op: string; value?: string | undefined }): Condition {
  if (asksPresence(leaf)) return sql`${value} is not null`;
  const text = leaf.value ?? '';
  switch (leaf.op) {
    case 'contains':
    case 'notContains':
      return allOf([hasSigns(text), sql`andante_fold(${value}) like '%' || andante_fold(${escapeLike(text)}) || '%'`]);
    case 'startsWith':
      return allOf([hasSigns(text), sql`andante_fold(${value}) like andante_fold(${escapeLike(text)}) || '%'`]);
    default:
      return allOf([hasSigns(text), sql`andante_fold(${value}) = andante_fold(${text})`]);
  }
}

/** A whole phone comes in E.164, part of one as its digits. */
function phoneHolds(leaf: Leaf<'phone'>): Condition {
  if (asksPresence(leaf)) return sql`c.phone is not null`;
  const digits = (leaf.value ?? '').replace(/\D/g, '');
  switch (leaf.op) {
    case 'contains':
    case 'notContains':
      return sql`c.phone like ${`%${digits}%`}`;
    case 'startsWith':
      return sql`c.phone like ${`+${digits}%`}`;
    default:
      return sql`c.phone = ${leaf.value ?? ''}`;
  }
}

function tagsHold(workspaceId: WorkspaceId, leaf: Leaf<'tags'>): Condition {
  if (asksPresence(leaf)) return sql`exists (select from contact_tags ct where ct.workspace_id = ${workspaceId} and ct.contact_id = c.id)`;
  const named = leaf.tags ?? [];
  const bears = (tags: readonly string[]): Condition =>
    sql`exists (select from contact_tags ct where ct.workspace_id = ${workspaceId} and ct.contact_id = c.id
      and ct.tag_id = any(${tagIds(workspaceId, tags)}))`;
  return leaf.op === 'hasAll' ? allOf(named.map((tag) => bears([tag]))) : bears(named);
}

/** The ids of tags by their names, without case: read once a statement. */
export function tagIds(workspaceId: WorkspaceId, names: readonly string[]): RawBuilder<unknown> {
  return sql`array(select t.id from tags t where t.workspace_id = ${workspaceId}
    and lower(t.name) in (select lower(name) from unnest(${names as string[]}::text[]) as name))`;
}

const signs: Readonly<Record<string, string>> = { lessThan: '<', atMost: '<=', moreThan: '>', atLeast: '>=' };

/** What is compared follows from the value given: text with text, without case and accents; dates as they are written. */
function fieldHolds({ key, op, value, values }: Leaf<'field'>): Condition {
  const json = sql`c.fields -> ${key}::text`;
  const text = sql`c.fields ->> ${key}::text`;
  if (op === 'isEmpty' || op === 'isNotEmpty') return sql`${json} is not null`;
  if (op === 'isAnyOf' || op === 'isNoneOf') return anyOf((values ?? []).map((one) => textHolds(text, { op: 'is', value: one })));
  const sign = signs[op];
  if (typeof value === 'string') return sign ? sql`(${text}) collate "C" ${sql.raw(sign)} ${value}` : textHolds(text, { op, value });
  const given = JSON.stringify(value ?? null);
  if (sign) return sql`(jsonb_typeof(${json}) = 'number' and ${json} ${sql.raw(sign)} ${given}::jsonb)`;
  return sql`${json} = ${given}::jsonb`;
}

function allOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`true` : sql`(${sql.join(conditions, sql` and `)})`;
}

function anyOf(conditions: readonly Condition[]): Condition {
  return conditions.length === 0 ? sql`false` : sql`(${sql.join(conditions, sql` or `)})`;
}

export function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (sign) => `\\${sign}`);
}
