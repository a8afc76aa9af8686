/** How everything that is typed into looks. 16 px on phones, so that they do not zoom in. */
export const inputStyle = [
  'w-full min-w-0 rounded-md border border-line-strong bg-raised px-3 text-base text-ink sm:text-sm',
  'placeholder:text-muted transition-colors hover:border-ink',
  'focus-visible:border-focus focus-visible:outline-2 focus-visible:outline-focus focus-visible:outline-offset-0',
  'disabled:cursor-not-allowed disabled:border-line disabled:bg-sunken disabled:text-muted [&[readonly]]:bg-sunken',
  'data-[invalid]:border-danger aria-[invalid=true]:border-danger',
].join(' ');
