/** Where to go after signing in: only ever a path of this installation. */
export function localPath(wanted: string | string[] | undefined): string {
  if (typeof wanted !== 'string' || !/^\/(?![/\\])/.test(wanted)) return '/';
  const url = new URL(wanted, 'http://local.invalid');
  return url.host === 'local.invalid' ? `${url.pathname}${url.search}${url.hash}` : '/';
}
