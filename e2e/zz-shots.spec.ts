import type { Page } from '@playwright/test';
import { expect, owner, post, test } from './fixtures.ts';

const file = `Nome;Celular;E-mail;Cidade;Descadastrado
Ana Souza;(11) 98765-4321;ana@exemplo.com;Recife;
Bia Lima;123;bia@exemplo.com;Recife;sim
Caio Prado;(11) 98765-4323;caio@exemplo.com;Olinda;
Dani Melo;98123-4567;dani@exemplo.com;Natal;sim
Eva Braga;(11) 98765-4325;eva@exemplo.com;recife;x
Fábio Reis;(11) 98765-4326;fabio@exemplo.com;Natal;não
`;
async function shot(page: Page, name: string) {
  for (const width of [1280, 390]) {
    await page.setViewportSize({ width, height: 800 });
    await page.waitForTimeout(250);
    await page.screenshot({ path: `/tmp/shots-import/${name}-${width}.png`, fullPage: true });
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}
test('shots', async ({ page }) => {
  await page.goto(`/${owner.slug}`);
  const bia = await post<{ id: string }>(page, 'contacts.create', { name: 'Bia', email: 'bia@exemplo.com' });
  await post(page, 'contacts.createField', { label: 'Cidade', kind: 'choice', options: ['Recife'] });
  await page.goto(`/${owner.slug}/contacts/import`);
  const send = () => page.locator('input[type=file]').setInputFiles({ name: 'clientes de setembro.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await send();
  await page.getByRole('button', { name: 'Continuar' }).click();
  await shot(page, '1-map');
  await page.getByRole('button', { name: 'Continuar' }).click();
  await page.waitForTimeout(800);
  await shot(page, '2-review');
  await page.getByRole('button', { name: /^Importar \d/ }).click();
  await expect(page.getByText('Concluída')).toBeVisible({ timeout: 60_000 });
  await page.getByText('Ver estas linhas').click();
  await page.getByText('Valor que não combina com o tipo do campo').click();
  await page.waitForTimeout(800);
  await shot(page, '3-result');
  await page.getByRole('button', { name: 'Desfazer importação' }).click();
  await page.waitForTimeout(1200);
  await shot(page, '4-undo');
  await page.keyboard.press('Escape');
  await page.goto(`/${owner.slug}/contacts/${bia.id}`);
  await page.waitForTimeout(800);
  await shot(page, '5-contact');
  await page.goto(`/${owner.slug}/contacts/import`);
  await send();
  await expect(page.getByRole('heading', { name: 'Este arquivo já foi importado' })).toBeVisible();
  await shot(page, '6-same');
});
