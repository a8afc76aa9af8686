/** Rows of TypeScript as a table of SQL: one array parameter per column, unnested. What every set-based statement reads from. */
import { type RawBuilder, sql } from 'kysely';

type Cell = string | number | boolean | Date | null | undefined;
type PostgresType = 'uuid' | 'text' | 'int4' | 'int8' | 'float8' | 'bool' | 'timestamptz' | 'jsonb';
type Columns<Row> = Readonly<Record<string, readonly [PostgresType, (row: Row) => Cell]>>;

/** `unnest(…) as alias(column, …)`. Column names are written as they stand in SQL; instants become ISO strings.
 *  A list of codes goes as one text joined by commas, because PostgreSQL cannot unnest arrays of arrays. */
export function rowSet<Row>(alias: string, rows: readonly Row[], columns: Columns<Row>): RawBuilder<unknown> {
  const names = Object.keys(columns);
  const arrays = names.map((name) => {
    const [type, read] = columns[name] as Columns<Row>[string];
    return sql`${arrayOf(type, rows.map(read))}::${sql.raw(type)}[]`;
  });
  return sql`unnest(${sql.join(arrays)}) as ${sql.raw(alias)}(${sql.raw(names.join(', '))})`;
}

/** Texts go as the driver writes arrays of them. Everything else has no sign that an array gives a meaning to, and is written
 *  out as it stands, which takes a fifth of the time. */
function arrayOf(type: PostgresType, cells: readonly Cell[]): unknown {
  if (type === 'text' || type === 'jsonb') return cells.map(written);
  return `{${cells.map((cell) => written(cell) ?? 'null').join(',')}}`;
}

function written(cell: Cell): string | number | boolean | null {
  if (cell instanceof Date) return cell.toISOString();
  return cell ?? null;
}
