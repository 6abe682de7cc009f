/** Django's `EmailValidator`, for the addresses that the documented format allows too. */

const MAX_LENGTH = 320;
const USER = /^[-!#$%&'*+/=?^_`{}|~0-9A-Z]+(?:\.[-!#$%&'*+/=?^_`{}|~0-9A-Z]+)*$/i;
const DOMAIN = /^(?:[A-Z0-9](?:[A-Z0-9-]{0,61}[A-Z0-9])?\.)+[A-Z0-9-]{1,62}[A-Z0-9]$/i;

export function isEmailAddress(text: string): boolean {
  const at = text.lastIndexOf('@');
  const [user, domain] = [text.slice(0, at), text.slice(at + 1)];
  return at > 0 && text.length <= MAX_LENGTH && USER.test(user) && DOMAIN.test(domain);
}
