/** Every page as the journeys have left it: axe finds nothing in light and dark, and nothing scrolls sideways on a phone. */
import type { Page } from '@playwright/test';
import type { Db } from '#db/client.ts';
import { expectGoodPage } from './accessibility.ts';
import { expect, owner, test } from './fixtures.ts';
import { connect } from './installation.ts';

const pages: [name: string, path: string][] = [
  ['home', ''],
  ['sequences', '/sequences'],
  ['the builder', '/sequences/:sequence'],
  ['the people of a sequence', '/sequences/:sequence/people'],
  ['the results of a sequence', '/sequences/:sequence/results'],
  ['contacts', '/contacts'],
  ['a contact', '/contacts/:contact'],
  ['importing', '/contacts/import'],
  ['imports', '/contacts/imports'],
  ['duplicates', '/contacts/duplicates'],
  ['an import', '/contacts/imports/:import'],
  ['chatbots', '/chatbots'],
  ['a chatbot', '/chatbots/:chatbot'],
  ['the sandbox', '/sandbox'],
  ['settings', '/settings'],
  ['channels', '/settings/channels'],
  ['hours and holidays', '/settings/hours'],
  ['a holiday calendar', '/settings/hours/calendars/:calendar'],
  ['a new holiday calendar', '/settings/hours/calendars/new'],
  ['members', '/settings/members'],
  ['API keys', '/settings/api-keys'],
  ['the suppression list', '/settings/suppressions'],
  ['the audit', '/settings/audit'],
  ['the account', '/settings/account'],
  ['system', '/system'],
  ['an address that leads nowhere', '/nowhere'],
];

let db: Db;
test.beforeAll(() => {
  db = connect();
});
test.afterAll(() => db.destroy());

for (const [name, path] of pages) {
  test.describe(name, () => {
    if (path === '/nowhere') test.use({ expectedErrors: [/404 \(Not Found\)/] });
    test(`${name} is good to look at and to listen to`, async ({ page }) => {
      await page.goto(`/${owner.slug}${await filled(path)}`);
      await expectSettled(page);
      await expectGoodPage(page);
    });
  });
}

const opened: [name: string, path: string, open: (page: Page) => Promise<void>][] = [
  ['the form of a contact', '/contacts', (page) => page.getByRole('button', { name: 'Criar contato' }).click()],
  [
    'a step',
    '/sequences/:sequence',
    (page) =>
      page
        .getByRole('button', { name: /^Editar etapa \d/ })
        .last()
        .click(),
  ],
  ['publishing', '/sequences/:sequence', (page) => page.getByRole('button', { name: 'Publicar', exact: true }).click()],
  ['a timeline', '/sequences/:sequence/people', (page) => page.getByRole('button', { name: 'Abrir a linha do tempo de' }).first().click()],
  ['the form of a channel', '/settings/channels', (page) => page.getByRole('button', { name: 'Adicionar conta de e-mail' }).click()],
];

for (const [name, path, open] of opened) {
  test(`${name}, opened, is good to look at and to listen to`, async ({ page }) => {
    await page.goto(`/${owner.slug}${await filled(path)}`);
    await expectSettled(page);
    await open(page);
    await expectSettled(page, 2);
    await expectGoodPage(page);
  });
}

/** A heading is there, and nothing is loading any more. */
async function expectSettled(page: Page, level = 1): Promise<void> {
  await expect(page.getByRole('heading', { level }).first()).toBeVisible();
  await expect(page.locator('[aria-busy="true"], [data-skeleton]')).toHaveCount(0);
}

/** The path with the ids of what the journeys made, or of the sample content. */
async function filled(path: string): Promise<string> {
  const tables = {
    ':sequence': 'sequences',
    ':contact': 'contacts',
    ':import': 'imports',
    ':chatbot': 'chatbots',
    ':calendar': 'holidayCalendars',
  } as const;
  const found = Object.entries(tables).find(([place]) => path.includes(place));
  if (!found) return path;
  const [place, table] = found;
  const newest = await db.selectFrom(table).select('id').orderBy('id', 'desc').executeTakeFirstOrThrow();
  return path.replace(place, newest.id);
}
