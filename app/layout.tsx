/** The outermost page: language, fonts, theme, notices. */
import './globals.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import type { Metadata, Viewport } from 'next';
import { headers } from 'next/headers';
import { getLocale, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Words } from './_i18n/words.tsx';
import { ThemeProvider } from './_ui/theme-provider.tsx';
import { Toaster } from './_ui/toaster.tsx';
import { TooltipProvider } from './_ui/tooltip.tsx';

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('common');
  return { title: { default: t('product'), template: `%s · ${t('product')}` }, robots: { index: false } };
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 };

export default async function RootLayout({ children }: { children: ReactNode }) {
  const locale = await getLocale();
  const nonce = (await headers()).get('x-nonce') ?? undefined;
  return (
    <html lang={locale} suppressHydrationWarning>
      <body>
        <Words locale={locale}>
          <ThemeProvider nonce={nonce}>
            {/* Its styles stand in globals.css: the policy lets no element bring its own */}
            <CSPProvider disableStyleElements>
              <TooltipProvider>{children}</TooltipProvider>
            </CSPProvider>
            <Toaster />
          </ThemeProvider>
        </Words>
      </body>
    </html>
  );
}
