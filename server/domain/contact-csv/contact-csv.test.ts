import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Encoding, sniffEncoding } from './encoding.ts';
import { type CsvFormat, detectFormat } from './format.ts';
import { quotes } from './quoting.ts';
import { type CsvRow, createRowReader, type RowFormat } from './row-reader.ts';
import { csvLine } from './write-csv.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const latin = (text: string): Uint8Array => Buffer.from(text, 'latin1');

/** Cuts `bytes` at the places that `sizes` names, over and over. */
function cut(bytes: Uint8Array, sizes: readonly number[]): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  for (let at = 0, n = 0; at < bytes.length; n += 1) {
    const size = sizes[n % sizes.length] ?? 1;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  return pieces;
}

function rowsOf(pieces: readonly Uint8Array[], format: RowFormat): CsvRow[] {
  const reader = createRowReader(format);
  return [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()];
}

const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 6 });
const cell = fc
  .string({ unit: fc.constantFrom('a', 'ã', '漢', '🎵', ' ', ';', ',', '"', '\n', '1'), maxLength: 6 })
  .map((text) => `x${text}`);

describe('rows', () => {
  it('are the same however the bytes are cut', () => {
    const anyText = fc.string({
      unit: fc.constantFrom('a', 'é', '🎵', '"', ';', '\n', '\r', '\r\n', ',', '""', "'", 'sep=;'),
      maxLength: 60,
    });
    const encoding = fc.constantFrom<Encoding>('utf-8', 'windows-1252', 'utf-16le');
    fc.assert(
      fc.property(anyText, sizes, encoding, fc.constantFrom(...quotes), (text, pieces, of, quote) => {
        const bytes = of === 'utf-16le' ? Buffer.from(text, 'utf16le') : of === 'windows-1252' ? latin(text) : utf8(text);
        const format = { encoding: of, delimiter: ';' as const, quote };
        expect(rowsOf(cut(bytes, pieces), format)).toEqual(rowsOf([bytes], format));
      }),
      { numRuns: 500 },
    );
  });

  it('come back as they were written', () => {
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), sizes, (table, pieces) => {
        const written = table.map((cells) => csvLine(cells, ';')).join('');
        const expected = table.map((cells, index) => ({ line: index + 1, cells, unclosed: false }));
        expect(rowsOf(cut(utf8(written), pieces), { encoding: 'utf-8', delimiter: ';' })).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('quoted with apostrophes, or with nothing, come back as they were written', () => {
    const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`;
    const strange = fc
      .string({ unit: fc.constantFrom('a', 'ã', '🎵', ' ', ';', "'", '"', '\n', '1'), maxLength: 6 })
      .map((text) => `x${text}`);
    fc.assert(
      fc.property(fc.array(fc.array(strange, { minLength: 1, maxLength: 4 }), { maxLength: 8 }), sizes, (table, pieces) => {
        const expected = table.map((cells) => cells);
        const single = table.map((cells) => `${cells.map(quoted).join(';')}\n`).join('');
        const read = rowsOf(cut(utf8(single), pieces), { encoding: 'utf-8', delimiter: ';', quote: "'" });
        expect(read.map(({ cells }) => cells)).toEqual(expected);
        const bare = table.map((cells) => cells.map((text) => `"${text.replace(/[;\n]/g, '')}`));
        const plain = rowsOf(cut(utf8(bare.map((cells) => `${cells.join(';')}\n`).join('')), pieces), {
          encoding: 'utf-8',
          delimiter: ';',
          quote: 'none',
        });
        expect(plain.map(({ cells }) => cells)).toEqual(bare);
      }),
      { numRuns: 500 },
    );
  });

  it('longer than the limit are passed over, whatever they are quoted with', () => {
    const text = `a;1\n${'x'.repeat(300)};2\n'${'y;\n'.repeat(100)}';3\nb;4\n`;
    const read = rowsOf(cut(utf8(text), [50]), { encoding: 'utf-8', delimiter: ';', quote: "'", longestRowChars: 200 });
    expect(read.map(({ cells, tooLong }) => tooLong ?? cells.join())).toEqual(['a,1', true, true, 'b,4']);
  });

  it('that a mark has torn are refused by themselves, and take no others along', () => {
    const text = 'nome;tel;obs\n"Zé" Silva;1;ab\nC"aio;2;x\n"D""ani";3;y\n"diz "oi" e\nvai";4;z\n"E "e" E";5;w\n"Fim\\"";6;\n"G";7;\n';
    const lines = rowsOf([utf8(text)], { encoding: 'utf-8', delimiter: ';' }).map(({ line, cells, unclosed }) => [
      line,
      cells[0],
      unclosed,
    ]);
    expect(lines).toEqual([
      [1, 'nome', false],
      [2, '"Zé" Silva', true],
      [3, 'C"aio', false],
      [4, 'D"ani', false],
      [5, 'diz "oi" e\nvai', false],
      [6, 'E "e" E', false],
      [7, '"Fim\\""', true],
    ]);
  });

  it('count blank rows and the separator line, and leave them out', () => {
    const rows = rowsOf([utf8('\ufeffsep=;\r\nnome;tel\r\n\r\n;\r\nAna;1\r\n')], { encoding: 'utf-8', delimiter: ';' });
    expect(rows.map((row) => [row.line, ...row.cells])).toEqual([
      [2, 'nome', 'tel'],
      [5, 'Ana', '1'],
    ]);
  });

  it('lose their zero characters', () => {
    expect(rowsOf([utf8('A\u0000na,1\n')], { encoding: 'utf-8', delimiter: ',' })[0]?.cells).toEqual(['Ana', '1']);
  });
});

describe('the encoding', () => {
  const sniffed = (bytes: Uint8Array, pieces = [7]): Encoding => {
    const sniffer = sniffEncoding();
    for (const piece of cut(bytes, pieces)) sniffer.push(piece);
    return sniffer.finish();
  };

  it.each<[string, Uint8Array, Encoding]>([
    ['plain ASCII', utf8('nome,telefone\nAna,1\n'), 'utf-8'],
    ['UTF-8', utf8('nome\nJoão\n'), 'utf-8'],
    ['UTF-8 with its mark', utf8('\ufeffnome\nJoão\n'), 'utf-8'],
    ['Windows', latin('nome\nJoão da Conceição\n'), 'windows-1252'],
    ['UTF-16 with its mark', Buffer.from('\ufeffnome\tJoão\n', 'utf16le'), 'utf-16le'],
    ['UTF-16 without', Buffer.from('nome\ttelefone\nJoão\t11987654321\n', 'utf16le'), 'utf-16le'],
    ['nothing', new Uint8Array(), 'utf-8'],
    ['a character cut off at the end', utf8('João').subarray(0, 3), 'windows-1252'],
  ])('of %s is found', (_, bytes, encoding) => {
    expect(sniffed(bytes)).toBe(encoding);
    expect(sniffed(bytes, [1])).toBe(encoding);
  });

  it('is not UTF-8 when a single byte far down is wrong', () => {
    const bytes = utf8('a'.repeat(200_000));
    bytes[150_000] = 0xe7;
    expect(sniffed(bytes, [65_536])).toBe('windows-1252');
  });

  it('is UTF-8 all the same when a single byte among many accents is wrong', () => {
    const bytes = utf8('Conceição;São Paulo\n'.repeat(5_000));
    bytes[60_001] = 0xe9;
    expect(sniffed(bytes, [65_536])).toBe('utf-8');
    expect(sniffed(bytes, [1_000])).toBe('utf-8');
    expect(sniffed(latin('Conceição;São Paulo\n'.repeat(5_000)), [65_536])).toBe('windows-1252');
  });

  it('reads the quotation marks that Windows has and Latin-1 has not', () => {
    const rows = rowsOf([Uint8Array.from([0x93, 0x41, 0x94, 0x20, 0x80])], { encoding: 'windows-1252', delimiter: ',' });
    expect(rows[0]?.cells).toEqual(['“A” €']);
  });
});

describe('the format', () => {
  it.each<[string, string, Partial<CsvFormat>]>([
    ['commas', 'nome,telefone\nAna,11987654321\nBia,11987654322\n', { delimiter: ',', hasHeader: true }],
    ['semicolons with commas inside', 'nome;valor\n"Ana, a";1,5\nBia;2,5\n', { delimiter: ';', hasHeader: true }],
    ['tabs', 'nome\ttelefone\nAna Maria, dra.\t1198765\n', { delimiter: '\t' }],
    ['bars', 'a|b|c\n1|2|3\n', { delimiter: '|' }],
    ['a separator line', 'sep=|\nnome,x|b\n', { delimiter: '|' }],
    ['one column', 'email\nana@x.com\nbia@x.com\n', { hasHeader: true }],
    ['no header', 'Ana;11987654321\nBia;11987654322\n', { delimiter: ';', hasHeader: false }],
    ['unknown names over values', 'quem;quando\nAna;11987654321\n', { hasHeader: true }],
    ['marks around some cells', 'nome;tel\n"Ana; a";1\nJosé "Zé";2\n', { delimiter: ';', quote: '"' }],
    ['apostrophes around cells', "'nome';'tel'\n'Ana; a';'11987654321'\n", { delimiter: ';', quote: "'", hasHeader: true }],
    ['apostrophes around texts', "nome,tel\n'Ana, a',1\n'D''Ávila',2\n", { delimiter: ',', quote: "'" }],
    ['apostrophes before what would be a formula', "nome;tel\nAna;'+5511987654321\nBia;'+5511987654322\n", { quote: '"' }],
    ['apostrophes inside', "nome;tel\nD'Ávila;1\n'Nana' Souza;2\n", { quote: '"' }],
    ['marks that are part of names', 'nome;tel\n"Nana" Souza;1\n"Zé" Lima;2\n', { delimiter: ';', quote: 'none' }],
    ['one mark that never closes', 'nome;tel\nAna;1\n"Bia;2\n', { delimiter: ';', quote: '"' }],
    ['years among its names', 'nome;telefone;2023;2024/25\nAna;11987654321;1;2\n', { hasHeader: true }],
    ['numbers in a first row without names', 'Ana;123\nBia;456\n', { hasHeader: false }],
    ['names alone', 'Ana\nBia\n', { hasHeader: false }],
  ])('of a file with %s is found', (_, text, format) => {
    expect(detectFormat(utf8(text), 'utf-8')).toMatchObject(format);
  });
});

it.each([
  ['=SOMA(A1)', "'=SOMA(A1)"],
  ['+55 11', "'+55 11"],
  ['-1', "'-1"],
  ['@x', "'@x"],
  ['a;b', '"a;b"'],
  ['a "b"', '"a ""b"""'],
  ['a,b', 'a,b'],
])('the cell %s is written as %s', (cell, written) => {
  expect(csvLine([cell, 'x'], ';')).toBe(`${written};x\r\n`);
});
