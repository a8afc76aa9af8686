/** What tests of imports do over and over: send a file, import it, look at the contacts. */
import type { Db } from '#db/client.ts';
import type { ImportOptions } from '#server/domain/contact-csv/options.ts';
import { makeWorkspace, type TestWorkspace } from '#server/use-cases/engine/testing.ts';
import type { CreateImportInput } from '#server/use-cases/imports/create-import.ts';
import { runImport } from '#server/use-cases/imports/run-import.ts';
import { storeUpload } from '#server/use-cases/imports/store-upload.ts';
import { apiAs } from './world.ts';

export interface ImportBench {
  readonly at: TestWorkspace;
  readonly api: ReturnType<typeof apiAs>;
  upload(content: string | Uint8Array): Promise<string>;
  run(importId: string, chunkRows?: number): Promise<boolean>;
  /** Creates, starts and runs an import to its end. */
  importFile(
    content: string | Uint8Array,
    options?: Partial<ImportOptions>,
    input?: Partial<CreateImportInput>,
    chunkRows?: number,
  ): Promise<Awaited<ReturnType<ReturnType<typeof apiAs>['imports']['get']>>>;
  contacts(): Promise<
    { id: string; name: string | null; phone: string | null; email: string | null; externalId: string | null; fields: unknown }[]
  >;
}

export async function makeImportBench(db: Db): Promise<ImportBench> {
  const at = await makeWorkspace(db);
  const api = apiAs(db, at.actor);
  const upload = async (content: string | Uint8Array): Promise<string> =>
    (await storeUpload(db, at.actor, { name: 'contatos.csv', bytes: once(content) })).uploadId;
  const run = (importId: string, chunkRows?: number): Promise<boolean> =>
    runImport(db, { workspaceId: at.workspaceId, importId }, chunkRows === undefined ? {} : { chunkRows });
  return {
    at,
    api,
    upload,
    run,
    async importFile(content, options, input, chunkRows) {
      const { id } = await api.imports.create({ uploadId: await upload(content), ...input, options } as CreateImportInput);
      await api.imports.start({ id });
      await run(id, chunkRows);
      return api.imports.get({ id });
    },
    contacts: () =>
      db
        .selectFrom('contacts')
        .select(['id', 'name', 'phone', 'email', 'externalId', 'fields'])
        .where('workspaceId', '=', at.workspaceId)
        .orderBy('phone')
        .execute(),
  };
}

export async function* once(content: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** `count` people; every 50th row has a phone that cannot be. */
export function peopleFile(count: number): string {
  const lines = ['Nome;Celular;E-mail;Cidade'];
  for (let n = 0; n < count; n += 1) {
    const phone = n % 50 === 49 ? '123' : `(11) 9${String(60_000_000 + n).replace(/(\d{4})$/, '-$1')}`;
    lines.push(`Pessoa Número ${n};${phone};pessoa${n}@exemplo.com;${n % 2 ? 'São Paulo' : 'Recife'}`);
  }
  return `${lines.join('\r\n')}\r\n`;
}
