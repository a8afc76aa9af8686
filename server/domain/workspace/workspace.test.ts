import { expect, it } from 'vitest';
import { countryOfZone } from './country-of-zone.ts';
import { workspaceSlug } from './slug.ts';

it.each([
  ['Clínica São José', 'clinica-sao-jose'],
  ['  ACME & Filhos, Ltda. ', 'acme-filhos-ltda'],
  ['日本', 'espaco'],
  ['', 'espaco'],
  ['API', 'api-1'],
  ['Sign in', 'sign-in-1'],
  ['a'.repeat(80), 'a'.repeat(48)],
])('writes %j as %j in addresses', (name, slug) => {
  expect(workspaceSlug(name)).toBe(slug);
  expect(slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
});

it.each([
  ['America/Sao_Paulo', 'BR'],
  ['America/Rio_Branco', 'BR'],
  ['Europe/Lisbon', 'PT'],
  ['America/New_York', 'US'],
  ['Asia/Calcutta', 'IN'],
  ['UTC', 'BR'],
])('expects in %s the phones of %s', (zone, country) => {
  expect(countryOfZone(zone)).toBe(country);
});
