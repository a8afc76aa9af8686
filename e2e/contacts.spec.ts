/** The list of contacts: filtered by conditions, kept as a segment, in columns of one's choice, and changed all at once. */
import { expectGoodPage } from './accessibility.ts';
import { expect, owner, post, test } from './fixtures.ts';

test('a filter is built, saved as a segment, and a field is filled in for all that match', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  await post(page, 'contacts.createField', { label: 'Plano de saúde', kind: 'choice', options: ['Ouro', 'Prata'] });
  for (const [name, plan] of [
    ['Filtro Amanda', 'Ouro'],
    ['Filtro Beto', 'Prata'],
    ['Filtro Célia', 'Ouro'],
  ]) {
    await post(page, 'contacts.create', { name, email: `${crypto.randomUUID()}@exemplo.com`, fields: { planoDeSaude: plan } });
  }
  await page.goto(`/${owner.slug}/contacts?search=filtro`);
  await expect(page.getByText('3 contatos', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Filtrar' }).click();
  const sheet = page.getByRole('dialog', { name: 'Filtro' });
  await sheet.getByRole('combobox', { name: 'O quê' }).click();
  await page.getByRole('option', { name: 'Plano de saúde' }).click();
  await sheet.getByRole('combobox', { name: 'Valor' }).click();
  await page.getByRole('option', { name: 'Ouro' }).click();
  await page.keyboard.press('Escape');
  await expectGoodPage(page);
  await sheet.getByRole('textbox', { name: 'Guardar como segmento' }).fill('Plano ouro');
  await sheet.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByText('2 contatos', { exact: true })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Segmento' })).toContainText('Plano ouro');

  await page.getByRole('button', { name: 'Colunas' }).click();
  await page.getByRole('checkbox', { name: 'Plano de saúde' }).click();
  await page.keyboard.press('Escape');
  await page.reload();
  await expect(page.getByRole('columnheader', { name: 'Plano de saúde' })).toBeVisible();
  await expectGoodPage(page);

  await page.getByRole('checkbox', { name: 'Selecionar tudo' }).click();
  await page.getByRole('button', { name: 'Preencher campo' }).click();
  const dialog = page.getByRole('alertdialog');
  await dialog.getByRole('combobox', { name: 'Campo' }).click();
  await page.getByRole('option', { name: 'Plano de saúde' }).click();
  await dialog.getByRole('combobox', { name: 'Valor' }).click();
  await page.getByRole('option', { name: 'Prata' }).click();
  await dialog.getByRole('button', { name: 'Preencher campo' }).click();
  await expect(page.getByText('Campo preenchido em 2 contatos')).toBeVisible();
  await expect(page.getByText('Nenhum contato corresponde à busca e aos filtros.')).toBeVisible();

  await page.getByRole('button', { name: 'Editar segmento' }).click();
  const segment = page.getByRole('dialog', { name: 'Editar segmento' });
  await segment.getByRole('combobox', { name: 'Valor' }).click();
  await page.getByRole('option', { name: 'Ouro' }).click();
  await page.getByRole('option', { name: 'Prata' }).click();
  await page.keyboard.press('Escape');
  await expect(segment.getByRole('combobox', { name: 'Valor' })).toHaveText('Prata');
  await segment.getByRole('textbox', { name: 'Nome do segmento' }).fill('Plano prata');
  await expectGoodPage(page);
  await segment.getByRole('button', { name: 'Guardar', exact: true }).click();
  await expect(page.getByRole('combobox', { name: 'Segmento' })).toContainText('Plano prata');
  await expect(page.getByText('3 contatos', { exact: true })).toBeVisible();

  await page.getByRole('checkbox', { name: 'Selecionar tudo' }).click();
  await page.getByRole('button', { name: 'Tirar de sequência' }).click();
  await dialog.getByRole('combobox', { name: 'Sequência' }).click();
  await page.getByRole('option', { name: 'Todas as sequências' }).click();
  await dialog.getByRole('button', { name: 'Tirar', exact: true }).click();
  await expect(page.getByText('Ninguém estava na sequência')).toBeVisible();
});

test('one condition takes several choices, and a consent is asked for by source and date, all by keyboard', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  await post(page, 'contacts.createField', { label: 'Turno', kind: 'choice', options: ['Manhã', 'Tarde', 'Noite'] });
  for (const [name, turno, source] of [
    ['Vários Ana', 'Manhã', 'Feira de março'],
    ['Vários Bento', 'Tarde', 'Ficha'],
    ['Vários Clara', 'Noite', 'Feira de março'],
  ]) {
    const { id } = await post<{ id: string }>(page, 'contacts.create', { name, fields: { turno } });
    await post(page, 'contacts.setConsent', { id, channelKind: 'smtp', status: 'given', source });
  }
  await page.goto(`/${owner.slug}/contacts?search=varios`);
  await expect(page.getByText('3 contatos', { exact: true })).toBeVisible();

  await page.getByRole('button', { name: 'Filtrar' }).press('Enter');
  const sheet = page.getByRole('dialog', { name: 'Filtro' });
  const choose = async (box: string, option: string, at = 0) => {
    await sheet.getByRole('combobox', { name: box, exact: true }).nth(at).press('Enter');
    await page.getByRole('option', { name: option, exact: true }).press('Enter');
  };
  await choose('O quê', 'Turno');
  await choose('Valor', 'Manhã');
  await page.getByRole('option', { name: 'Tarde' }).press('Enter');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('option')).toHaveCount(0);
  await expect(sheet.getByRole('combobox', { name: 'Valor' })).toContainText('Manhã, Tarde');
  await sheet.getByRole('button', { name: 'Condição', exact: true }).press('Enter');
  await choose('O quê', 'Consentimento', 1);
  await choose('Quando', 'nos últimos dias');
  await sheet.getByRole('textbox', { name: 'Fonte contém' }).fill('marco');
  await expectGoodPage(page);
  await sheet.getByRole('button', { name: 'Aplicar' }).press('Enter');
  await expect(page.getByText('1 contato', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Vários Ana' })).toBeVisible();
});

test('on a phone the list begins soon, and all that is done to it is in reach', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${owner.slug}/contacts`);
  const firstRow = page.getByRole('row').nth(1);
  await expect(firstRow).toBeVisible();
  expect((await firstRow.boundingBox())?.y).toBeLessThan(330);

  await page.getByRole('button', { name: 'Etiqueta, ordem e colunas' }).press('Enter');
  await page.getByRole('combobox', { name: 'Ordem' }).press('Enter');
  await page.getByRole('option', { name: 'Nome, de A a Z' }).press('Enter');
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole('checkbox', { name: 'Etiquetas' })).toBeVisible();
  await expectGoodPage(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`/${owner.slug}/contacts`);
  await page.getByRole('button', { name: 'Mais ações' }).press('Enter');
  await expect(page.getByRole('menuitem')).toHaveText([
    'Importar arquivo',
    'Importações',
    'Duplicados',
    'Exportar para planilhas (ponto e vírgula)',
    'Exportar para programas (vírgula)',
  ]);
  await page.getByRole('menuitem', { name: 'Duplicados' }).press('Enter');
  await expect(page).toHaveURL(/\/contacts\/duplicates$/);
});
