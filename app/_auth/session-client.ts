/** Signing in and out from the browser. */

export type SignInOutcome = 'signedIn' | 'unauthenticated' | 'tooManyRequests' | 'unavailable';

export async function signInWithPassword(email: string, password: string): Promise<SignInOutcome> {
  try {
    const url = await postToAuth('callback/credentials', { email, password });
    const error = new URL(url, window.location.origin).searchParams.get('error');
    if (error === null) return 'signedIn';
    if (error === 'tooManyRequests' || error === 'unauthenticated') return error;
    return 'unavailable';
  } catch {
    return 'unavailable';
  }
}

/** Ends this session on the server and opens the sign-in page. */
export async function signOut(): Promise<void> {
  await postToAuth('signout', {});
  window.location.assign('/sign-in');
}

async function postToAuth(action: string, fields: Record<string, string>): Promise<string> {
  const csrf = await fetch('/api/auth/csrf');
  const { csrfToken } = (await csrf.json()) as { csrfToken: string };
  const answer = await fetch(`/api/auth/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...fields, csrfToken, json: 'true', callbackUrl: '/' }),
  });
  const { url } = (await answer.json()) as { url: string };
  return url;
}
