/** Answers that are no JSON: from Django itself, or from the proxy before it. */
import type { Reply } from '../../messages/message.ts';

const HTML = { 'content-type': 'text/html' };

/** No URL pattern matched. */
export function notFoundPage(): Reply {
  return djangoPage(404, 'Not Found', 'The requested resource was not found on this server.');
}

/** Django refused the request as suspicious. */
export function badRequestPage(): Reply {
  return djangoPage(400, 'Bad Request (400)', '');
}

/** The proxy's own page. Which proxy is assumed: ledger IBL-PROXY-PAGES. */
export function proxyPage(status: number, title: string): Reply {
  const body = [
    '<html>',
    `<head><title>${status} ${title}</title></head>`,
    '<body>',
    `<center><h1>${status} ${title}</h1></center>`,
    '<hr><center>nginx</center>',
    '</body>',
    '</html>',
    '',
  ].join('\r\n');
  return { status, headers: HTML, body };
}

/** Django's page for errors, when no template of a project takes its place. */
function djangoPage(status: number, title: string, details: string): Reply {
  const body = `
<!doctype html>
<html lang="en">
<head>
  <title>${title}</title>
</head>
<body>
  <h1>${title}</h1><p>${details}</p>
</body>
</html>
`;
  return { status, headers: HTML, body };
}
