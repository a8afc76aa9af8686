/** The people of `npm run seed`: a function of their number alone. */
import type { FieldKind, FieldValue } from '#server/domain/contact/fields.ts';
import { withoutAccents } from '#server/domain/without-accents.ts';

export interface SeedPerson {
  readonly name: string;
  readonly phone: string;
  readonly email: string;
  readonly tag: string;
  readonly fields: Readonly<Record<string, FieldValue>>;
}

interface SeedField {
  readonly key: string;
  readonly label: string;
  readonly kind: FieldKind;
  readonly options: readonly string[] | null;
}

const firstNames = [
  'Ana',
  'Bruno',
  'Carla',
  'Davi',
  'Elisa',
  'Felipe',
  'Gabriela',
  'Heitor',
  'Isabel',
  'João',
  'Larissa',
  'Miguel',
  'Nina',
];
const lastNames = ['Almeida', 'Barbosa', 'Cardoso', 'Duarte', 'Esteves', 'Farias', 'Gonçalves', 'Lima', 'Moreira', 'Nunes', 'Prado'];
const areaCodes = ['11', '21', '31', '41', '51', '61', '71', '81', '92'];
const cities = ['São Paulo', 'Rio de Janeiro', 'Belo Horizonte', 'Curitiba', 'Porto Alegre', 'Brasília', 'Salvador', 'Recife', 'Manaus'];
const plans = ['Essencial', 'Completo', 'Empresa'];

export const seedTags = ['cliente', 'interessado', 'parceiro', 'retorno'];
export const seedFields: readonly SeedField[] = [
  { key: 'cidade', label: 'Cidade', kind: 'text', options: null },
  { key: 'plano', label: 'Plano', kind: 'choice', options: plans },
  { key: 'pontos', label: 'Pontos', kind: 'number', options: null },
];

export function seedPerson(number: number): SeedPerson {
  const first = pick(firstNames, number);
  const last = pick(lastNames, Math.floor(number / firstNames.length));
  const digits = String(number).padStart(7, '0');
  return {
    name: `${first} ${last}`,
    phone: `+55${pick(areaCodes, number * 7)}99${digits}`,
    email: `${plain(first)}.${plain(last)}.${number}@example.com`,
    tag: pick(seedTags, number * 3),
    fields: { cidade: pick(cities, number * 7), plano: pick(plans, Math.floor(number / 5)), pontos: (number * 37) % 1_000 },
  };
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('The list is empty.');
  return item;
}

function plain(name: string): string {
  return withoutAccents(name).toLowerCase();
}
