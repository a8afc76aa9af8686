'use client';
/** Light, dark, or as the system has it; kept by the browser. */
import { ThemeProvider as NextThemes } from 'next-themes';
import type { ReactNode } from 'react';

export { useTheme } from 'next-themes';

export function ThemeProvider({ nonce, children }: { nonce: string | undefined; children: ReactNode }) {
  return (
    <NextThemes attribute="data-theme" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      {children}
    </NextThemes>
  );
}
