'use client';
/** A button that shows an icon; its `label` is spoken, and shown as a tooltip. */
import { Button as BaseButton } from '@base-ui/react/button';
import type { ComponentProps } from 'react';
import { type ButtonStyle, buttonStyle } from './button-style.ts';
import { cn } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';

type IconButtonProps = Omit<ComponentProps<typeof BaseButton>, 'className' | 'aria-label'> &
  Pick<ButtonStyle, 'variant' | 'size'> & { label: string; className?: string };

export function IconButton({ label, variant = 'quiet', size = 'sm', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label}>
      <BaseButton type="button" {...rest} aria-label={label} className={cn(buttonStyle({ variant, size, shape: 'icon' }), className)} />
    </Tooltip>
  );
}
