/** Every part of the interface in every state. Not part of production builds: see `pageExtensions` in next.config.js. */
import { ReaderTimeProvider } from '#app/_ui/reader-time.tsx';
import { Gallery } from './gallery.tsx';

export default function GalleryPage() {
  return (
    <ReaderTimeProvider zone="America/Sao_Paulo" now="2026-11-26T15:30:00Z">
      <Gallery />
    </ReaderTimeProvider>
  );
}
