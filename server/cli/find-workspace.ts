/** The workspace that somebody names on the command line. */
import type { Db } from '#db/client.ts';

/** Its id, by its slug as in the address, or by its name. Without a name, the only one there is. Throws a sentence otherwise. */
export async function findWorkspace(db: Db, given: string | undefined): Promise<string> {
  const rows = await db.selectFrom('workspaces').select(['id', 'slug', 'name']).orderBy('slug').execute();
  if (rows.length === 0) throw new Error('There is no workspace yet: start Andante and open it first.');
  const found = given
    ? (rows.find((row) => row.slug === given) ?? rows.find((row) => row.name.toLowerCase() === given.toLowerCase()))
    : rows.length === 1
      ? rows[0]
      : undefined;
  if (found) return found.id;
  const known = `There are: ${rows.map((row) => row.slug).join(', ')}.`;
  throw new Error(given ? `There is no workspace "${given}". ${known}` : `Say which workspace: --workspace W. ${known}`);
}
