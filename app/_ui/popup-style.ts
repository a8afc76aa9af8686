/** What floats over the page: menus, lists of choices, popovers. */
export const popupStyle = [
  'z-50 rounded-md border border-line bg-raised text-ink text-sm shadow-float outline-none',
  'origin-[var(--transform-origin)] transition-[opacity,scale] duration-140 ease-out',
  'data-[ending-style]:scale-98 data-[starting-style]:scale-98 data-[ending-style]:opacity-0 data-[starting-style]:opacity-0',
].join(' ');

export const choiceStyle = [
  'flex min-h-8 w-full cursor-default select-none items-center gap-2 rounded-md px-2 py-1.5 text-left outline-none',
  'data-[highlighted]:bg-sunken data-[disabled]:text-muted [&_svg]:size-4 [&_svg]:shrink-0',
].join(' ');
