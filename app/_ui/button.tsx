'use client';
/** A button with words. `busy` keeps its place and focus while work is under way. */
import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { type ButtonStyle, buttonStyle } from './button-style.ts';
import { cn } from './class-names.ts';
import { Spinner } from './spinner.tsx';

export type ButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className'> &
  Pick<ButtonStyle, 'variant' | 'size'> & { busy?: boolean; className?: string };

export function Button({ variant, size, busy = false, disabled, className, children, ...rest }: ButtonProps) {
  return (
    <BaseButton
      type="button"
      {...rest}
      disabled={disabled || busy}
      focusableWhenDisabled={busy}
      aria-busy={busy || undefined}
      className={cn(buttonStyle({ variant, size }), className)}
    >
      {busy && <Spinner className="text-current" />}
      {children}
    </BaseButton>
  );
}
