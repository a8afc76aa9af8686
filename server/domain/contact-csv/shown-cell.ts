/** How much of a cell people are shown: enough to know it by. The file has the rest. */
const shownChars = 500;

export function shownCell(cell: string): string {
  return cell.length <= shownChars ? cell : `${cell.slice(0, shownChars)}…`;
}
