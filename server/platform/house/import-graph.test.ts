import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { findViolations, targetOf } from './import-rules.ts';
import { parseSource, sourceFiles } from './source-files.ts';

const files = sourceFiles();

test('every import keeps to the table', () => {
  expect(findViolations(files).map(({ file, line, sentence }) => `${file}:${line} ${sentence}`)).toEqual([]);
});

test('every import of our own names a file that exists, with its extension', () => {
  const missing = files.flatMap((file) =>
    file.imports
      .map((found) => ({ found, target: targetOf(file.path, found.specifier) }))
      .filter(({ target }) => target !== null && !existsSync(target))
      .map(({ found }) => `${file.path}:${found.line} ${found.specifier}`),
  );
  expect(missing).toEqual([]);
});

describe('a planted violation is seen:', () => {
  const planted: [name: string, path: string, text: string][] = [
    ['domain imports a query', 'server/domain/planted.ts', `import { findContact } from '#db/queries/contacts.ts';`],
    ['domain imports a file system', 'server/domain/planted.ts', `import { readFile } from 'node:fs/promises';`],
    ['domain imports a package of others', 'server/domain/planted.ts', `import { Kysely } from 'kysely';`],
    ['domain imports a type from the database', 'server/domain/planted.ts', `import type { Db } from '#db/client.ts';`],
    ['a use-case imports the API', 'server/use-cases/planted.ts', `import { router } from '#server/api/trpc.ts';`],
    ['a use-case imports a handler', 'server/use-cases/planted.ts', `import { x } from '#jobs/handlers/x.ts';`],
    ['the API imports a channel', 'server/api/planted.ts', `import { adapterOf } from '#server/channels/registry.ts';`],
    ['the API imports a queue', 'server/api/planted.ts', `import { setAlarms } from '#jobs/queues/alarms.ts';`],
    ['a channel imports the database', 'server/channels/planted.ts', `import type { Db } from '#db/client.ts';`],
    ['a channel imports a use-case', 'server/channels/planted.ts', `import { x } from '#server/use-cases/x.ts';`],
    ['a query imports a use-case', 'db/queries/planted.ts', `import { x } from '#server/use-cases/x.ts';`],
    ['a query imports a package', 'db/queries/planted.ts', `import { DateTime } from 'luxon';`],
    ['a queue imports a use-case', 'jobs/queues/planted.ts', `import { x } from '#server/use-cases/x.ts';`],
    ['a handler imports a channel', 'jobs/handlers/planted.ts', `import { adapterOf } from '#server/channels/registry.ts';`],
    ['a handler imports a query', 'jobs/handlers/planted.ts', `import { findContact } from '#db/queries/contacts.ts';`],
    ['a page imports a query', 'app/planted.tsx', `import { findContact } from '#db/queries/contacts.ts';`],
    ['a page imports a use-case', 'app/planted.tsx', `import { x } from '#server/use-cases/x.ts';`],
    ['a browser component imports the API', 'app/planted.tsx', `'use client';\nimport { appRouter } from '#server/api/root.ts';`],
    ['the client package imports the database', 'server/client/planted.ts', `import { createDb } from '#db/client.ts';`],
    ['the platform imports a use-case', 'server/platform/planted.ts', `import { x } from '#server/use-cases/x.ts';`],
    ['the database client imports the platform', 'db/planted.ts', `import { log } from '#server/platform/log.ts';`],
    ['a use-case knows the mail library', 'server/use-cases/planted.ts', `import nodemailer from 'nodemailer';`],
    ['a re-export', 'server/domain/planted.ts', `export { findContact } from '#db/queries/contacts.ts';`],
    ['a dynamic import', 'server/domain/planted.ts', `export const x = () => import('#db/client.ts');`],
    ['an import out of the house', 'server/domain/planted.ts', `import { x } from '../../scripts/x.ts';`],
  ];
  test.each(planted)('%s', (_name, path, text) => {
    expect(findViolations([parseSource(path, text)])).toHaveLength(1);
  });

  test('a browser component reaches the server through a file of the app', () => {
    const component = parseSource('app/component.tsx', `'use client';\nimport { load } from './load.ts';`);
    const load = parseSource('app/load.ts', `import { database } from '#server/platform/database.ts';`);
    expect(findViolations([component, load]).map((violation) => violation.file)).toEqual(['app/load.ts']);
  });

  test('types of the API in the browser are no violation', () => {
    expect(
      findViolations([parseSource('app/planted.tsx', `'use client';\nimport type { AppRouter } from '#server/api/root.ts';`)]),
    ).toEqual([]);
  });
});
