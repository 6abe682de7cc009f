/** Refusals that do not come from the framework: those of ibl's views and handlers, and of the proxy. */
import { serverErrorPage } from '../../frameworks/django-rest-framework/django-answers.ts';
import type { OwnProblem } from '../../frameworks/django-rest-framework/facts.ts';
import type { Context, Problem } from '../../frameworks/framework.ts';
import type { Reply, Violation } from '../../messages/message.ts';

/** A violation for one field, with its message. */
export function wrongField(field: string, message: string): Violation {
  return { in: 'body', path: [field], keyword: 'rule', message };
}

/** A 400 whose body maps fields to messages. */
export function invalid(violations: readonly Violation[]): Problem {
  return { problem: 'invalid', violations };
}

/** A 400 about several fields together: `non_field_errors`. */
export function invalidTogether(message: string): Problem {
  return invalid([{ in: 'body', path: [], keyword: 'rule', message }]);
}

/** A 400 that a view writes by hand: `{"error": …}`. */
export function conflict(message: string): OwnProblem {
  return { problem: 'conflict', violations: [{ in: 'body', path: [], keyword: 'rule', message }] };
}

export function renderOwn(problem: OwnProblem, context: Context<unknown>): Reply {
  const { note, choose } = context;
  switch (problem.problem) {
    case 'conflict':
      return {
        status: 400,
        body: {
          [choose('IBL-VIEW-ERRORS')]: problem.violations.map(({ message }) => message).join(' '),
        },
      };
    case 'server-error':
      if (choose('IBL-SERVER-ERROR') === 'page') return serverErrorPage(context);
      return { status: 500, body: { error: 'An unexpected error occurred.' } };
    case 'too-large':
      note('IBL-PROXY-PAGES');
      return proxyPage(413, 'Request Entity Too Large');
    case 'unavailable':
      note('IBL-PROXY-PAGES');
      return proxyPage(503, 'Service Temporarily Unavailable');
  }
}

/** The proxy before the application is an assumption: ledger row IBL-PROXY-PAGES. */
function proxyPage(status: number, title: string): Reply {
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
  return { status, headers: { 'content-type': 'text/html' }, body };
}
