/** How everything that is pressed looks: buttons, icon buttons, links that act as buttons. */
import { cva, type VariantProps } from 'class-variance-authority';

export const buttonStyle = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-2 whitespace-nowrap rounded-md border font-medium text-sm',
    'transition-colors [&_svg]:size-4 [&_svg]:shrink-0',
    'disabled:cursor-not-allowed disabled:opacity-50 aria-disabled:cursor-not-allowed aria-disabled:opacity-50',
  ],
  {
    variants: {
      variant: {
        primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-hover',
        secondary: 'border-line bg-raised text-ink hover:bg-sunken active:bg-pressed data-[popup-open]:bg-sunken',
        quiet: 'border-transparent bg-transparent text-ink hover:bg-sunken active:bg-pressed data-[popup-open]:bg-sunken',
        danger: 'border-transparent bg-danger text-on-danger hover:bg-danger-hover',
      },
      size: { sm: 'h-8 px-2.5', md: 'h-9 px-3.5' },
      shape: { text: '', icon: 'px-0' },
    },
    compoundVariants: [
      { shape: 'icon', size: 'sm', class: 'w-8' },
      { shape: 'icon', size: 'md', class: 'w-9' },
    ],
    defaultVariants: { variant: 'secondary', size: 'md', shape: 'text' },
  },
);
export type ButtonStyle = VariantProps<typeof buttonStyle>;
