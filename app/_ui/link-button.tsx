/** A link that looks like a button: it goes somewhere, it does nothing. */
import { Link } from './link.tsx';
import type { ComponentProps } from 'react';
import { type ButtonStyle, buttonStyle } from './button-style.ts';
import { cn } from './class-names.ts';

type LinkButtonProps = ComponentProps<typeof Link> & Pick<ButtonStyle, 'variant' | 'size'>;

export function LinkButton({ variant, size, className, ...rest }: LinkButtonProps) {
  return <Link {...rest} className={cn(buttonStyle({ variant, size }), className)} />;
}
