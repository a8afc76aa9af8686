/** E-mail addresses as people write them, made into the one form that is stored and compared. */

export const emailProblems = ['emailSeveral', 'emailInvalid'] as const;
export type EmailProblem = (typeof emailProblems)[number];
export type EmailResult = { readonly ok: true; readonly email: string } | { readonly ok: false; readonly problem: EmailProblem };

// Longest local part and longest address: RFC 5321, 4.5.3.1.
const longestLocal = 64;
const longestAddress = 254;
// ASCII alone: a name with an accent before the @ is a slip far more often than an address.
const localPart = /^[!#-'*+/-9=?A-Z^-~-]+(?:\.[!#-'*+/-9=?A-Z^-~-]+)*$/;
const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/;

/** Without a spreadsheet's text mark (`'ana@…`): NFKC, one ASCII @, the domain in lower case and in ASCII (names with accents in their `xn--` form). The part before
 *  the @ keeps its case; two addresses are the same when they are equal in lower case. */
export function normalizeEmail(raw: string): EmailResult {
  const text = raw
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .trim()
    .replace(/^'/, '')
    .replace(/^mailto:/i, '');
  const at = text.indexOf('@');
  if (at < 1) return refuse('emailInvalid');
  if (text.includes('@', at + 1)) return refuse(/@.*[;,/\s].*@/.test(text) ? 'emailSeveral' : 'emailInvalid');
  const local = text.slice(0, at);
  const domain = asciiDomain(text.slice(at + 1));
  if (domain === null || local.length > longestLocal || local.length + 1 + domain.length > longestAddress) return refuse('emailInvalid');
  if (!localPart.test(local) || !domainName.test(domain)) return refuse('emailInvalid');
  return { ok: true, email: `${local}@${domain}` };
}

function asciiDomain(domain: string): string | null {
  const lower = domain.toLowerCase();
  if (/^[a-z0-9.-]*$/.test(lower)) return lower;
  if (/[\s/?#:@\\[\]%]/.test(lower)) return null;
  try {
    return new URL(`http://${lower}`).hostname;
  } catch {
    return null;
  }
}

function refuse(problem: EmailProblem): EmailResult {
  return { ok: false, problem };
}
