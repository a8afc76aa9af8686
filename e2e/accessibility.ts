/** What must hold on every page: axe finds nothing in either theme, and nothing scrolls sideways on a phone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './fixtures.ts';

const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 800 };

/** Looks at the page that is open, in light and dark, wide and narrow. */
export async function expectGoodPage(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await expect(page.locator(`html[data-theme="${colorScheme}"]`)).toBeAttached();
    // Without frames in it a page is judged where it is: the other way opens a blank one for every look, which takes as long again.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(page.frames().length === 1).analyze();
    expect(
      violations.map((found) => `${colorScheme}: ${found.id} at ${found.nodes.map((node) => node.target.join(' ')).join(' | ')}`),
    ).toEqual([]);
  }
  await page.setViewportSize(phone);
  await expect.poll(() => widthBeyond(page), { message: 'the page scrolls sideways on a phone' }).toEqual([]);
  await page.setViewportSize(desk);
  await page.emulateMedia({ colorScheme: 'light' });
}

/** What reaches beyond the right edge of the window, when the page can be scrolled there. */
function widthBeyond(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    if (root.scrollWidth <= root.clientWidth) return [];
    const beyond = [...document.querySelectorAll('body *')].filter(
      (element) => element.getBoundingClientRect().right > root.clientWidth + 1,
    );
    return [`${root.scrollWidth} px wide`, ...beyond.slice(0, 3).map((element) => element.outerHTML.slice(0, 120))];
  });
}
