'use client';
/** Somebody's HTML, in a frame of its own without scripts and without access to the network; it grows to the height of its content. */
import { useRef, useState } from 'react';

// Attributes only: the page's own policy, which a srcdoc frame inherits, lets no <style> in without a nonce.
const bodyStyle = 'margin:16px;font:16px/1.5 system-ui,sans-serif;color:#26211c;background:#fff;overflow-wrap:anywhere';
const policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; font-src data:";

export function HtmlFrame({ title, html }: { title: string; html: string }) {
  const frame = useRef<HTMLIFrameElement>(null);
  const [height, setHeight] = useState(160);
  const page = `<!doctype html><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><base target="_blank"><body style="${bodyStyle}">${html}</body>`;
  return (
    <iframe
      ref={frame}
      title={title}
      sandbox="allow-same-origin"
      referrerPolicy="no-referrer"
      srcDoc={page}
      onLoad={() => setHeight(Math.min(frame.current?.contentDocument?.documentElement.scrollHeight ?? 160, 4_000))}
      style={{ height }}
      className="w-full rounded-md border border-line bg-transparent"
    />
  );
}
