/** Words of the contacts `c`: what a search looks for in their text, and what the index of words is asked. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { IndexWord } from '#server/domain/contact/search.ts';

/** As the index `contacts_by_word` has it. */
const words = sql`(case when octet_length(c.search_text) <= 2000 then c.search_text::tsvector else short_words(c.search_text) end)`;

/** Somebody's words begin as those of `text` do: one after the other, and only the last may go on. Nobody's do where nothing is left of
 *  them: `ʹ` is a letter, and yet no word. */
export function hasWords(text: string): RawBuilder<SqlBool> {
  return sql`c.search_text like '% ' || nullif(btrim(andante_words(${text})), '') || '%'`;
}

/** The signs of `text` that are letters and digits stand somewhere in the text of the contact. No index serves it, but it is quick. */
export function hasSigns(text: string): RawBuilder<SqlBool> {
  const longest = (text.match(/[\p{L}\p{N}]+/gu) ?? []).reduce((a, b) => (b.length > a.length ? b : a), '');
  return longest === '' ? sql`true` : sql`c.search_text like '%' || btrim(andante_words(${longest})) || '%'`;
}

/** The index names whoever has all words of one of the alternatives. */
export function isIndexedUnder(alternatives: readonly (readonly IndexWord[])[]): RawBuilder<SqlBool> {
  const queries = alternatives.map((all) => sql`(${sql.join(all.map(wordQuery), sql` && `)})`);
  return sql`${words} @@ (${sql.join(queries, sql` || `)})`;
}

const longestAsked = 50;

/** What a long word begins with is enough: the index has cut some. Of a word of which nothing is left the index says nothing: everyone
 *  lacks a word that is a space. */
function wordQuery({ word, whole }: IndexWord): RawBuilder<unknown> {
  const folded = sql`split_part(btrim(andante_words(${word})), ' ', 1)`;
  const end = whole ? sql`case when length(${folded}) > ${longestAsked}::int then ''':*' else '''' end` : sql`''':*'`;
  return sql`coalesce(('''' || left(nullif(${folded}, ''), ${longestAsked}::int) || ${end})::tsquery, '!'' '''::tsquery)`;
}
