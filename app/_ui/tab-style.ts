/** How tabs look, whether they switch a panel (`Tabs`) or the page (`NavTabs`). */
export const tabListStyle = 'flex gap-5 overflow-x-auto border-line border-b';
export const tabStyle = [
  'relative -mb-px inline-flex h-10 shrink-0 items-center gap-2 border-transparent border-b-2 text-muted text-sm transition-colors hover:text-ink',
  'focus-visible:-outline-offset-2',
  'data-[active]:border-ink data-[active]:text-ink aria-[current=page]:border-ink aria-[current=page]:text-ink',
].join(' ');
