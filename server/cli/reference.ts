/** `npm run reference`: writes docs/reference.md anew. */
import { writeFileSync } from 'node:fs';
import { renderReference } from './render-reference.ts';

writeFileSync('docs/reference.md', renderReference());
console.log('Written: docs/reference.md.');
