/** Automatic entries: made in the settings of a sequence, rung by a tag, told with who entered and who did not. */
import { expectGoodPage } from './accessibility.ts';
import { expect, makeSequence, owner, post, signIn, test } from './fixtures.ts';

test('who gets a tag enters by itself, and the settings tell who entered and who was refused', async ({ page }) => {
  await signIn(page);
  await page.goto(`/${owner.slug}`);
  const sequenceId = await makeSequence(page, 'Quem chega sozinho');

  await page.goto(`/${owner.slug}/sequences/${sequenceId}`);
  await expect(page.getByText('Nenhuma: as pessoas entram à mão, por arquivo ou pela API.')).toBeVisible();
  await page.getByRole('button', { name: 'Nova entrada' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nova entrada automática' });
  await dialog.getByRole('button', { name: 'Criar entrada' }).click();
  await expect(dialog).toContainText('Diga qual etiqueta.');
  await expectGoodPage(page);
  // On a phone the settings are another window, and what was typed in this one is gone.
  await page.getByRole('button', { name: 'Nova entrada' }).click();
  await dialog.getByRole('textbox', { name: 'Etiqueta' }).fill('Matrícula feita');
  await dialog.getByRole('button', { name: 'Criar entrada' }).click();
  const entry = page.getByRole('listitem').filter({ hasText: 'Quando recebe a etiqueta “Matrícula feita”' });
  await expect(entry).toContainText('Ainda não aconteceu.');

  await post(page, 'contacts.createMany', {
    contacts: [
      { name: 'Entra Sozinha', phone: '+5511962000001', tags: ['matrícula feita'] },
      { name: 'Sem Endereço', tags: ['matrícula feita'] },
      { name: 'Outra Etiqueta', phone: '+5511962000003', tags: ['visita'] },
    ],
  });
  await expect(async () => {
    await page.reload();
    await expect(entry).toContainText('1 pessoa inscrita', { timeout: 2_000 });
  }).toPass();
  await entry.getByText('1 recusa').click();
  await expect(entry).toContainText('1 não tem o endereço que os canais da sequência usam');
  await expectGoodPage(page);

  await entry.getByRole('switch').click();
  await expect(entry.getByRole('switch')).not.toBeChecked();
  await entry.getByRole('button', { name: 'Excluir a entrada' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Excluir entrada' }).click();
  await expect(entry).toHaveCount(0);
  await page.goto(`/${owner.slug}/sequences/${sequenceId}/people`);
  await expect(page.getByRole('button', { name: 'Abrir a linha do tempo de Entra Sozinha' })).toBeVisible();
});

test('an entry counts for those of whom conditions hold, and then for a segment', async ({ page }) => {
  await signIn(page);
  await page.goto(`/${owner.slug}`);
  const sequenceId = await makeSequence(page, 'Só quem se aplica');
  const where = { on: 'name', op: 'startsWith', value: 'Aplica' };
  await post(page, 'segments.create', { name: 'Nomes que se aplicam', filter: { where } });

  await page.goto(`/${owner.slug}/sequences/${sequenceId}`);
  const dialog = page.getByRole('dialog', { name: 'Nova entrada automática' });
  const begin = async () => {
    await page.getByRole('button', { name: 'Nova entrada' }).press('Enter');
    await dialog.getByRole('textbox', { name: 'Etiqueta' }).fill('Turma nova');
    await dialog.getByRole('combobox', { name: 'Para quem vale' }).press('Enter');
    await page.getByRole('option', { name: 'Contatos que cumprem condições' }).press('Enter');
  };
  await begin();
  await dialog.getByRole('button', { name: 'Criar entrada' }).press('Enter');
  await expect(dialog).toContainText('Complete as condições.');
  await expectGoodPage(page);
  await begin();
  await dialog.getByRole('combobox', { name: 'O quê' }).press('Enter');
  await page.getByRole('option', { name: 'Nome', exact: true }).press('Enter');
  await dialog.getByRole('textbox', { name: 'Valor' }).fill('aplica');
  await dialog.getByRole('button', { name: 'Criar entrada' }).press('Enter');
  const entry = page.getByRole('listitem').filter({ hasText: 'Quando recebe a etiqueta “Turma nova”' });
  await expect(entry).toContainText('só quem cumpre 1 condição');

  await post(page, 'contacts.createMany', {
    contacts: [
      { name: 'Aplica Rosa', phone: '+5511962000011', tags: ['turma nova'] },
      { name: 'Outra Rosa', phone: '+5511962000012', tags: ['turma nova'] },
    ],
  });
  await expect(async () => {
    await page.reload();
    await expect(entry).toContainText('1 pessoa inscrita', { timeout: 2_000 });
  }).toPass();
  await entry.getByText('1 recusa').click();
  await expect(entry).toContainText('1 não atendia à condição');

  await entry.getByRole('button', { name: 'Mudar para quem vale' }).press('Enter');
  const change = page.getByRole('dialog', { name: 'Para quem esta entrada vale' });
  await expect(change.getByRole('textbox', { name: 'Valor' })).toHaveValue('aplica');
  await change.getByRole('combobox', { name: 'Para quem vale' }).press('Enter');
  await page.getByRole('option', { name: 'Contatos de um segmento' }).press('Enter');
  await change.getByRole('combobox', { name: 'Segmento' }).press('Enter');
  await page.getByRole('option', { name: 'Nomes que se aplicam' }).press('Enter');
  await change.getByRole('button', { name: 'Salvar' }).press('Enter');
  await expect(entry).toContainText('só do segmento “Nomes que se aplicam”');
});
