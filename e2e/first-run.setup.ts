import { expectGoodPage } from './accessibility.ts';
import { expect, owner, test } from './fixtures.ts';
import { installation } from './installation.ts';

test('the first visit makes the workspace and its owner', async ({ page }) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Vamos começar' })).toBeVisible();
  await expectGoodPage(page);
  await page.getByLabel('Nome do espaço').fill(owner.workspace);
  await page.getByLabel('Seu nome').fill(owner.name);
  await page.getByLabel('Seu e-mail').fill(owner.email);
  await page.getByLabel('Senha').fill(owner.password);
  await page.getByRole('button', { name: 'Criar espaço' }).click();
  await page.waitForURL(`**/${owner.slug}`);
  await expect(page.getByRole('navigation', { name: 'Navegação' })).toBeVisible();
  // Any sequence will do for the tick.
  await expect(page.getByRole('list', { name: 'Primeiros passos' })).toContainText('Publicar uma sequência');
  await page.context().storageState({ path: installation().ownerState });
});

test('who is not signed in is asked to, and a second first run is refused', async ({ page }) => {
  await page.goto(`/${owner.slug}/sequences`);
  await expect(page.getByRole('heading', { name: 'Entrar' })).toBeVisible();
  await expectGoodPage(page);
  await page.goto('/first-run');
  await expect(page).toHaveURL(/\/sign-in/);
});
