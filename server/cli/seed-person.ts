/** The people of `npm run seed`: a function of their number alone. */
import type { CreateContactInput } from '#server/domain/contact/schema.ts';

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
const tags = ['cliente', 'interessado', 'parceiro', 'retorno'];

export function seedPerson(number: number): CreateContactInput {
  const first = pick(firstNames, number);
  const last = pick(lastNames, Math.floor(number / firstNames.length));
  const digits = String(number).padStart(7, '0');
  return {
    name: `${first} ${last}`,
    phone: `+55${pick(areaCodes, number * 7)}99${digits}`,
    email: `${plain(first)}.${plain(last)}.${number}@example.com`,
    tags: [pick(tags, number * 3)],
  };
}

function pick<Item>(items: readonly Item[], index: number): Item {
  const item = items[index % items.length];
  if (item === undefined) throw new Error('The list is empty.');
  return item;
}

function plain(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
