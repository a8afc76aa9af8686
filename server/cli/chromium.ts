/** The browser of the e2e tests: one that is there, else Playwright's own, else Debian's package. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

export type FoundBrowser = { readonly executable: string } | { readonly missing: string };

const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/opt/google/chrome/chrome'];
const downloadMs = 180_000;
const packageMs = 300_000;

/** Installs one when none is there. */
export async function findChromium(): Promise<FoundBrowser> {
  const found = present();
  if (found) return { executable: found };
  console.log('No Chromium is here yet. Asking Playwright for its own.');
  spawnSync(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    timeout: downloadMs,
  });
  const downloaded = present();
  if (downloaded) return { executable: downloaded };
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    console.log("It could not be downloaded. Installing Debian's package.");
    const options = { stdio: ['ignore', 'inherit', 'inherit'] as ['ignore', 'inherit', 'inherit'], timeout: packageMs };
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { ...options, env });
    spawnSync('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { ...options, env });
    const packaged = present();
    if (packaged) return { executable: packaged };
  }
  return {
    missing:
      'The e2e tests need Chromium, and it could not be installed here. Install it (Debian: apt-get install chromium), or name one in ANDANTE_CHROMIUM.',
  };
}

function present(): string | undefined {
  const candidates = [process.env['ANDANTE_CHROMIUM'], chromium.executablePath(), ...usual];
  return candidates.find((path) => path && existsSync(path) && starts(path));
}

/** A browser can be there and lack the system's libraries. */
function starts(path: string): boolean {
  return spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 }).status === 0;
}
