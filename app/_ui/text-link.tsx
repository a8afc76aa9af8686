/** A link in running text or in a table cell. */
import { Link } from './link.tsx';
import type { ComponentProps } from 'react';
import { cn } from './class-names.ts';

export function TextLink({ className, ...rest }: ComponentProps<typeof Link>) {
  return (
    <Link
      {...rest}
      className={cn('rounded-md font-medium underline decoration-line-strong/60 underline-offset-4 hover:decoration-ink', className)}
    />
  );
}
