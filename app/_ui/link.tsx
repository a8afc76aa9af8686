/** A link to a page of the product. Nothing is fetched before somebody follows it: a page is made for its moment, and a list of fifty people
 *  would ask for fifty. */
import NextLink from 'next/link';
import type { ComponentProps } from 'react';

export function Link(props: ComponentProps<typeof NextLink>) {
  return <NextLink prefetch={false} {...props} />;
}
