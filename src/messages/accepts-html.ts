/** True for a browser, which asks for HTML by name. Other clients accept anything. */
export function acceptsHtml(accept: string | undefined): boolean {
  return accept !== undefined && /(?:^|,)\s*text\/html\b/i.test(accept);
}
