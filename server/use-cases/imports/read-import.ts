/** What reading the rows of an import needs to know. */
import type { Db } from '#db/client.ts';
import { listContactFields } from '#db/queries/contact-fields.ts';
import { getContactDefaults } from '#db/queries/contacts.ts';
import type { ImportRow } from '#db/queries/imports.ts';
import { listMembersByEmail } from '#db/queries/members.ts';
import { listTags } from '#db/queries/tags.ts';
import { readUpload } from '#db/queries/uploads.ts';
import { channelKinds } from '#server/channels/channel.ts';
import type { CsvFormat } from '#server/domain/contact-csv/format.ts';
import { settleNewFields } from '#server/domain/contact-csv/new-fields.ts';
import type { RowFacts } from '#server/domain/contact-csv/row-contact.ts';
import { type CsvRow, readRows, type RowFormat } from '#server/domain/contact-csv/row-reader.ts';
import { now } from '#server/platform/clock.ts';
import { env } from '#server/platform/env.ts';
import type { WorkspaceId } from '#server/platform/ids.ts';

const pieceBytes = 65_536;
/** Rows are worked on before their cells are longer together than this, however few they are. */
export const chunkChars = 4_000_000;

export function charsOf({ cells }: Pick<CsvRow, 'cells'>): number {
  let chars = 0;
  for (const cell of cells) chars += cell.length;
  return chars;
}

/** Fields that the import has still to make are as it will make them. */
export async function rowFacts(db: Db, workspaceId: WorkspaceId, of: Pick<ImportRow, 'mapping' | 'options'>): Promise<RowFacts> {
  const fields = await listContactFields(db, workspaceId);
  const { country } = await getContactDefaults(db, workspaceId);
  const { mapping, made } = settleNewFields(of.mapping, fields);
  return {
    mapping,
    country,
    fieldKinds: new Map([...fields, ...made].map((field) => [field.key, field.kind])),
    fieldOptions: new Map([...fields, ...made].map((field) => [field.key, field.options ?? []])),
    members: mapping.some(({ to }) => to === 'owner') ? await listMembersByEmail(db, workspaceId) : new Map(),
    tags: mapping.some(({ to }) => to === 'tags') ? await knownTags(db, workspaceId) : new Set(),
    channelKinds,
    now: await now(db),
    options: of.options,
  };
}

async function knownTags(db: Db, workspaceId: WorkspaceId): Promise<Set<string>> {
  const tags = await listTags(db, workspaceId, { withCounts: false });
  return new Set(tags.map(({ name }) => name.toLowerCase()));
}

/** All rows of an upload from where its table begins, the header among them, within the limits of the installation. */
export async function* uploadRows(
  db: Db,
  workspaceId: WorkspaceId,
  uploadId: string,
  { startLine, ...format }: RowFormat & Pick<CsvFormat, 'startLine'>,
): AsyncGenerator<{ rows: CsvRow[]; byteCount: number }> {
  const longestRowChars = env().ANDANTE_IMPORT_ROW_CHARACTERS;
  for await (const { rows, byteCount } of readRows(inPieces(readUpload(db, workspaceId, uploadId)), { ...format, longestRowChars })) {
    const isBelow = (rows[0]?.line ?? startLine) >= startLine;
    yield { rows: isBelow ? rows : rows.filter(({ line }) => line >= startLine), byteCount };
  }
}

/** Small pieces, so that progress moves in small files too. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; at += pieceBytes) yield chunk.subarray(at, at + pieceBytes);
  }
}
