/** Taking data out, and taking a person out: from the list to a file, from the page of a contact to nothing. */
import { readFile } from 'node:fs/promises';
import { expect, owner, test } from './fixtures.ts';

test('contacts go into a file, and a person who is erased is gone and stays blocked', async ({ page }) => {
  await page.goto(`/${owner.slug}/contacts`);
  await page.getByRole('button', { name: 'Criar contato' }).click();
  await page.getByLabel('Nome', { exact: true }).fill('Zulmira Quaresma');
  await page.getByLabel('E-mail', { exact: true }).fill('zulmira@exemplo.com');
  await page.getByRole('button', { name: 'Criar', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Zulmira Quaresma' })).toBeVisible();
  const contact = page.url();

  await page.goto(`/${owner.slug}/contacts`);
  await page.getByRole('button', { name: 'Exportar' }).click();
  const downloading = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: /planilhas/ }).click();
  const file = await downloading;
  expect(file.suggestedFilename()).toBe('contatos.csv');
  expect(await readFile(await file.path(), 'utf8')).toContain('Zulmira Quaresma;;zulmira@exemplo.com;');

  await page.goto(contact);
  await page.getByRole('button', { name: 'Mais ações' }).click();
  await page.getByRole('menuitem', { name: 'Apagar por completo' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Apagar por completo' }).click();
  await expect(page).toHaveURL(new RegExp(`/${owner.slug}/contacts$`));
  await expect(page.getByText('Zulmira Quaresma')).toHaveCount(0);

  await page.goto(`/${owner.slug}/settings/suppressions`);
  await expect(page.getByRole('cell', { name: 'Pessoa apagada' })).toBeVisible();
});
