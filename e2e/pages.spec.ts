import { expectGoodPage } from './accessibility.ts';
import { expect, owner, test } from './fixtures.ts';

/** Every page that can be opened by its address alone. */
const pages: [name: string, path: string][] = [
  ['home', ''],
  ['sequences', '/sequences'],
  ['chatbots', '/chatbots'],
  ['sandbox', '/sandbox'],
  ['system', '/system'],
];

for (const [name, path] of pages) {
  test(`${name}: nothing for axe in light and dark, nothing sideways on a phone`, async ({ page }) => {
    await page.goto(`/${owner.slug}${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expectGoodPage(page);
  });
}
