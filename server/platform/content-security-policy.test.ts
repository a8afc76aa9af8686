import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { contentSecurityPolicy } from './content-security-policy.ts';

const production = contentSecurityPolicy('abc', { development: false, https: true });

it('lets nothing run inline, and nobody frame a page', () => {
  const scripts = /script-src ([^;]*)/.exec(production)?.[1];
  expect(scripts).toBe("'self' 'nonce-abc' 'strict-dynamic'");
  expect(/style-src-elem ([^;]*)/.exec(production)?.[1]).not.toContain('unsafe');
  expect(production).toContain("frame-ancestors 'none'");
  expect(production).toContain("object-src 'none'");
  expect(production).toContain("base-uri 'none'");
});

it('asks for https only where the installation is reached by it', () => {
  expect(production).toContain('upgrade-insecure-requests');
  expect(contentSecurityPolicy('abc', { development: false, https: false })).not.toContain('upgrade-insecure-requests');
});

it('knows the style sheet that the installed toast library adds', async () => {
  const library = await readFile(createRequire(import.meta.url).resolve('sonner'), 'utf8');
  const literal = /__insertCSS\((".*?[^\\]")\)/s.exec(library)?.[1];
  const styles = JSON.parse(literal ?? '""') as string;
  expect(styles.length).toBeGreaterThan(1_000);
  expect(production).toContain(`'sha256-${createHash('sha256').update(styles).digest('base64')}'`);
});
