import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { detectFormat } from './format.ts';
import { createRowReader } from './row-reader.ts';
import { detectStart } from './table-start.ts';
import { csvLine } from './write-csv.ts';

const formatOf = (text: string) => detectFormat(new TextEncoder().encode(text), 'utf-8');
/** Where the table begins that `rows` are written as. */
function startOf(rows: readonly (readonly string[])[]): number {
  const reader = createRowReader({ encoding: 'utf-8', delimiter: ';' });
  const written = new TextEncoder().encode(rows.map((cells) => csvLine(cells, ';')).join(''));
  return detectStart([...reader.push(written), ...reader.end()]);
}
const people = 'Ana;(11) 98765-4321;ana@x.com\nBia;(11) 98765-4322;\nCaio;(11) 98765-4323;\n';

describe('a table', () => {
  it.each<[string, string, number]>([
    ['a title and a date', `Relatório de clientes\nEmitido em 26/11/2026\n\nNome;Telefone;E-mail\n${people}`, 4],
    ['cells filled up to the width', `Relatório de clientes;;\n;;\nNome;Telefone;E-mail\n${people}`, 3],
    ['a separator line', `sep=;\nRelatório\n\nNome;Telefone;E-mail\n${people}`, 4],
    ['rows of two cells', `Empresa;ACME Ltda\nCNPJ;12.345.678/0001-90\nEmitido em;26/11/2026 14:35\nNome;Telefone;E-mail\n${people}`, 4],
    ['the address of the firm within a text', `ACME – Rua X, 9 – (11) 3333-4444 – oi@acme.com\nNome;Telefone;E-mail\n${people}`, 2],
    ['names of groups of columns', `;Contato;\nNome;Telefone;E-mail\n${people}`, 2],
    ['a title that a column may have, too', `Contato\nNome;Telefone;E-mail\n${people}`, 2],
    ['a mark that closes within its cell', `"Clientes" ativos\nNome;Telefone;E-mail\n${people}`, 2],
    ['one name of an address among others', `Lista\nQuem;WhatsApp;Onde\n${people}`, 2],
    ['no rows below', 'Relatório de clientes\n\nNome;Telefone;E-mail\n', 3],
    ['commas', `Relatório de clientes\n\nNome,Telefone,E-mail\n${people.replaceAll(';', ',')}`, 3],
  ])('below %s is found', (_, text, startLine) => {
    expect(formatOf(text)).toMatchObject({ startLine, hasHeader: true });
  });

  it.each<[string, string]>([
    ['a column of phones', '11987654321\n11987654322\n11987654323\n'],
    ['a column of phones with its name', 'telefone\n11987654321\n11987654322\n'],
    ['a column of names', 'Relatório\nAna\nBia\n'],
    ['a header of one column and more cells below', 'telefone\n11987654321;Contato;Nome\n11987654322;Grupo;VIP\n'],
    ['a second column that is mostly blank', 'nome;telefone\nAna;\nBia;\nCaio;\nDudu;11987654321\n'],
    ['a second column that is mostly blank, and no header', 'Ana;\nBia;\nCaio;\nDudu;11987654321\n'],
    ['short first rows, and no header', '11987654321;;\n11987654322;;\nContato;Grupo;Nome\n11987654323;Ana;\n'],
    ['an address above what looks like names', 'ana@x.com\nNome;Telefone;E-mail\nBia;11987654322;\n'],
    ['a phone with an apostrophe above what looks like names', "'+55 11 98765-4321\nNome;Telefone;E-mail\n"],
    ['two tables below one another', `Nome;Telefone\nAna;11987654321\nNome;Telefone;E-mail\n${people}`],
    ['two headers of one width', `Nome;Telefone;E-mail\nNome;Telefone;E-mail\n${people}`],
    ['names of columns that nobody knows', 'quem;quando;onde\nAna;11987654321;aqui\n'],
    ['names far down', `${'Nota\n'.repeat(16)}Nome;Telefone;E-mail\n${people}`],
  ])('of a file with %s is the whole file', (_, text) => {
    expect(formatOf(text).startLine).toBe(1);
  });

  const filler = fc.constantFrom('', '', 'Ana', 'São Paulo', 'VIP', '11987654321', 'ana@x.com', '26/11/2026', '1,5', 'Telefone', 'Contato');
  const header = fc.uniqueArray(fc.constantFrom('Nome', 'Telefone', 'E-mail', 'Cidade', 'Quem', 'Obs'), { minLength: 1, maxLength: 5 });
  const table = header.chain((names) =>
    fc.record({
      names: fc.constant(names),
      rows: fc.array(fc.array(filler, { minLength: 1, maxLength: names.length }), { maxLength: 12 }),
    }),
  );

  it('is never cut where its first row names all of its columns, whatever stands below', () => {
    fc.assert(
      fc.property(table, ({ names, rows }) => {
        expect(startOf([names, ...rows])).toBe(1);
      }),
      { numRuns: 2_000 },
    );
  });

  it('loses no row with an address in it, whatever the file is', () => {
    const row = fc.array(filler, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), (rows) => {
        const lost = rows.slice(0, startOf(rows) - 1).flat();
        expect(lost.filter((cell) => cell === '11987654321' || cell === 'ana@x.com')).toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
