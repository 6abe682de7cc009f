/** Django's APPEND_SLASH: a path that would be known with a slash behind it is sent there. */
import type { HttpRequest, Reply } from '../../messages/message.ts';
import type { Operation } from '../../openapi/operation.ts';

export function lacksSlash(http: HttpRequest, operation: Operation): boolean {
  return operation.path.endsWith('/') && !http.path.endsWith('/');
}

/** The query is kept, and so is what stood before the path. */
export function redirectToSlash(http: HttpRequest): Reply {
  const before = new URL(http.baseUrl).pathname.replace(/\/$/, '');
  const query = http.query === '' ? '' : `?${http.query}`;
  return {
    status: 301,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      location: `${before}${http.path}/${query}`,
    },
    body: '',
  };
}
