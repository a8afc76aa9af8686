/** A list that says who accepts messages, and its refused rows, which come back mended and enter as the others did. */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectGoodPage } from './accessibility.ts';
import { expect, makeSequence, owner, test } from './fixtures.ts';

const sequenceName = 'Convite para a feira';
const rows = [
  'Iara Teles;(51) 99812-1001;sim',
  'Joel Brito;(51) 99812-1002;não',
  'Kelly Nunes;99812-1003;sim',
  'Lauro Pires;99812-1004;não',
  'Mara Leite;(51) 99812-1005;talvez',
];

test('who said no is not enrolled; mended rows begin with the tags and the sequence of their import', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  await makeSequence(page, sequenceName);
  await page.goto(`/${owner.slug}/contacts/import`);
  await send(page, 'feira.csv', `Relatório da feira\n\nNome;Celular;Aceita WhatsApp?\n${rows.join('\n')}\n`);
  const start = page.getByRole('combobox', { name: 'A tabela começa na' });
  await expect(start).toHaveText('Linha 3');
  await expect(page.getByText('A linha acima dela fica de fora')).toBeVisible();
  await start.click();
  await page.getByRole('option', { name: 'Linha 1 Relatório da feira' }).click();
  await expect(page.getByRole('cell', { name: 'Relatório da feira' })).toBeVisible();
  await expect(page.getByText('Trocado por você')).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Voltar ao reconhecido' }).click();
  await expect(page.getByRole('columnheader', { name: 'Celular' })).toBeVisible();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await expect(page.getByRole('combobox', { name: 'Aceita WhatsApp?: Vira' })).toContainText('Aceita mensagens (sim ou não)');
  await expect(page.getByText('Um “não” descadastra a pessoa de todos os canais.')).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.getByRole('combobox', { name: 'Inscrever em uma sequência' }).click();
  await page.getByRole('option', { name: sequenceName, exact: true }).click();
  await page.getByRole('combobox', { name: 'Etiquetar todos com' }).fill('Feira');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Importar 2 linhas' }).click();
  await expect(page.getByText('Concluída')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Inscrições' })).toContainText('1 se descadastrou');

  const downloading = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Baixar recusadas' }).click();
  const download = await downloading;
  const refused = await readFile(await download.path(), 'utf8');
  expect(refused).toContain(';"Aceita WhatsApp?: ""talvez"" (Aceite que não é sim nem não)";Mara Leite;');
  await page.getByRole('link', { name: 'Importar corrigidas' }).click();
  await expect(page.getByText('Linhas corrigidas de “feira.csv”')).toBeVisible();
  await send(page, download.suggestedFilename(), refused.replaceAll(';99812', ';(51) 99812').replace(';talvez', ';sim'));
  await page.getByRole('button', { name: 'Continuar' }).click();
  await expect(page.getByRole('combobox', { name: 'Motivo: Vira' })).toContainText('Não importar');
  await page.getByRole('button', { name: 'Continuar' }).click();
  const rules = page.getByRole('region', { name: 'Regras' });
  await expect(rules).toContainText('Como na importação de “feira.csv”.');
  await expect(rules.getByRole('combobox', { name: 'Inscrever em uma sequência' })).toContainText(sequenceName);
  await expect(rules.getByRole('button', { name: 'Tirar Feira' })).toBeVisible();
  await expectGoodPage(page);
  await page.getByRole('button', { name: 'Importar 3 linhas' }).click();
  await expect(page.getByText('Concluída')).toBeVisible({ timeout: 60_000 });
  await expect(page.getByRole('region', { name: 'Inscrições' })).toContainText('Inscritos2');
  await expect(page.getByRole('region', { name: 'Inscrições' })).toContainText('1 se descadastrou');
});

async function send(page: Page, name: string, content: string): Promise<void> {
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) });
  await expect(page.getByRole('heading', { name: 'Foi assim que o arquivo foi lido' })).toBeVisible();
}
