import { expect, test } from 'vitest';
import { collectOptOuts, optOutsAbout } from './opt-outs-of-file.ts';
import { emptyDraft } from './row-cells.ts';
import type { RowContact } from './row-contact.ts';

const rowOf = (line: number, row: Partial<RowContact>): RowContact => ({ ...emptyDraft({ line, cells: [], unclosed: false }), ...row });
const refuses = { optOuts: ['smtp'] };
const found = (...rows: RowContact[]) => {
  const optOuts = collectOptOuts({ identity: 'either' });
  for (const row of rows) optOuts.add(row);
  return optOuts.found;
};

test('kept are rows of people of whom an earlier one spoke, and those that are refused', () => {
  const ana = rowOf(2, { phone: '+551', email: 'ana@x.com' });
  const optOuts = found(
    ana,
    rowOf(3, { phone: '+552', ...refuses }),
    rowOf(4, { email: 'ANA@x.com', ...refuses }),
    rowOf(5, { email: 'eva@x.com', problem: 'phoneInvalid', ...refuses }),
  );
  expect([...optOuts.keys()]).toEqual(['email ana@x.com', 'email eva@x.com']);
  expect(optOutsAbout([ana], optOuts).map(({ line }) => line)).toEqual([4]);
  expect(optOutsAbout([rowOf(9, { email: 'eva@x.com' })], optOuts).map(({ line }) => line)).toEqual([5]);
  expect(optOutsAbout([rowOf(9, { email: 'ana@x.com' })], optOuts)).toEqual([]);
});

test('of one address at most twenty rows are kept', () => {
  const again = Array.from({ length: 1_000 }, (_, n) => rowOf(2 + n, { email: 'ana@x.com', problem: 'phoneInvalid', ...refuses }));
  expect(found(...again).get('email ana@x.com')).toHaveLength(20);
});
