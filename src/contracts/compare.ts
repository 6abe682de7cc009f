/** Compares an interaction with its vendor's spec without running it. */
import { messageOf } from '../errors.ts';
import { comparatorOf, type ComparatorResult } from './comparator.ts';
import type { Content, Interaction } from './contract.ts';
import { isOffered, type Judge, type ServedVendor } from './judge.ts';
import { isJsonType } from '../messages/media-type.ts';
import type { Route } from '../openapi/operation.ts';
import { turnsAway, toComparedMethod, toComparedPact } from './compared-pact.ts';
import { toCell, type Cell, type Finding } from './report.ts';

export type Comparison = (interaction: Interaction) => Promise<Cell>;

type Found = { readonly finding: Finding; readonly isJudged: boolean };

export function createComparison(parts: {
  readonly served: readonly ServedVendor[];
  readonly judge: Judge;
  readonly failOnWarnings: boolean;
}): Comparison {
  const { judge } = parts;
  return async (interaction) => {
    const found: Found[] = [];
    try {
      const spec = parts.served.find(({ vendor }) => vendor.name === interaction.vendor)?.spec;
      if (!spec) throw new Error(`There is no spec for ${interaction.vendor}.`);
      const route = judge.locate(interaction)?.route;
      const pact = toComparedPact(interaction, route);
      for await (const result of comparatorOf(spec.document).compare(pact)) {
        if (isOfOwnBody(result, interaction)) continue;
        found.push(...(await explain(result, interaction, judge)));
      }
      found.push(...judgeMethod(interaction, route));
      found.push(...(await judgeBodies(interaction, judge)));
    } catch (thrown) {
      const message = `The comparator cannot read it: ${messageOf(thrown).slice(0, 300)}`;
      found.push({ finding: { severity: 'error', message }, isJudged: true });
    }
    const cell = toCell(
      found.map(({ finding }) => finding),
      parts.failOnWarnings,
    );
    const isOpen = found.some(({ isJudged }) => !isJudged);
    return cell.verdict === 'held' && isOpen ? { ...cell, verdict: 'not judged' } : cell;
  };
}

/** Checks the method, because the comparator is given a different one. */
function judgeMethod(
  { request: { method, path }, response }: Interaction,
  route: Route | undefined,
): readonly Found[] {
  if (method === 'HEAD' && response.body && response.body.text !== '') {
    const message = 'An answer to HEAD has no body. Expect none, or ask with GET.';
    return [{ finding: { severity: 'error', at: 'response.body', message }, isJudged: true }];
  }
  if (!route || isOffered(route, method)) return [];
  return turnsAway(response) ? [meant(`the spec has no ${method} of ${path}.`)] : [];
}

async function explain(
  result: ComparatorResult,
  interaction: Interaction,
  judge: Judge,
): Promise<readonly Found[]> {
  const { request, response } = interaction;
  const route = judge.locate(interaction)?.route;
  const isMeant = turnsAway(response);
  if (result.code === 'request.path-or-method.unknown') {
    // The comparator stops here. A refusal is compared with what the path documents.
    if (isMeant) {
      const own = isOwn(response.body) ? [] : await judgeResponse(interaction, judge);
      return [meant(result.message), ...own];
    }
    if (route && request.method === 'OPTIONS') return [unjudged('response', 'OPTIONS')];
  }
  if (isMeant && route && toComparedMethod(interaction, route) !== request.method) {
    // Findings about the request belong to the substituted method, so they do not apply.
    if (result.code.startsWith('request.') && request.method !== 'HEAD') return [];
    if (result.code === 'response.status.unknown') {
      return response.body
        ? [unjudged('response', `a ${response.status} to ${request.method}`)]
        : [];
    }
  }
  if (result.type === 'error' && isMeant && result.code.startsWith('request.')) {
    return [meant(`${placeOf(result)}: ${result.message}`)];
  }
  const severity = result.type === 'error' ? 'error' : 'note';
  const value = result.mockDetails?.value;
  const finding: Finding = {
    severity,
    at: placeOf(result),
    message: result.message,
    ...(value !== undefined && { actual: JSON.stringify(value).slice(0, 300) }),
  };
  return [{ finding, isJudged: !result.code.endsWith('.unvalidatable') }];
}

/** The comparator reads only JSON. The vendor's codec and Prism check XML, forms and texts. */
async function judgeBodies(interaction: Interaction, judge: Judge): Promise<readonly Found[]> {
  const { request, response } = interaction;
  return [
    ...(isOwn(request.body) ? await judgeRequest(interaction, judge) : []),
    ...(isOwn(response.body) && request.method !== 'HEAD'
      ? await judgeResponse(interaction, judge)
      : []),
  ];
}

function isOwn(body: Content | undefined): boolean {
  return body !== undefined && body.mediaType !== '' && !isJsonType(body.mediaType);
}

function isOfOwnBody({ code }: ComparatorResult, { request, response }: Interaction): boolean {
  if (code.startsWith('request.body.')) return isOwn(request.body);
  return code.startsWith('response.body.') && isOwn(response.body);
}

async function judgeRequest(interaction: Interaction, judge: Judge): Promise<readonly Found[]> {
  const checked = await judge.checkRequest(interaction);
  if (!checked) return [unjudged('request', interaction.request.body?.mediaType)];
  const say =
    (severity: Finding['severity']) =>
    (message: string): Found => ({
      finding: { severity, at: 'request.body', message },
      isJudged: true,
    });
  return [
    ...checked.violations.map(turnsAway(interaction.response) ? meant : say('error')),
    ...checked.warnings.map(say('warning')),
  ];
}

async function judgeResponse(interaction: Interaction, judge: Judge): Promise<readonly Found[]> {
  const { status, headers, body } = interaction.response;
  // Parts that the contract does not mention are not checked.
  if (!body) return [];
  if (!judge.locate(interaction)) return [unjudged('response', 'a path that the spec lacks')];
  if (body.mediaType === '') return [unjudged('response', 'a body without a media type')];
  const breaks = await judge.findBreaks(interaction, {
    status,
    headers: { 'content-type': body.mediaType, ...headers },
    body: body.text,
  });
  return breaks.map((message) => ({
    finding: { severity: 'error', at: 'response.body', message },
    isJudged: true,
  }));
}

function meant(message: string): Found {
  const text = `The request violates the spec, which is allowed because no success is expected: ${message}`;
  return { finding: { severity: 'note', message: text }, isJudged: true };
}

function unjudged(side: string, what = 'its media type'): Found {
  const message = `The ${side} cannot be compared with the spec: no reader supports ${what}.`;
  return { finding: { severity: 'note', message }, isJudged: false };
}

/** Converts `[root].interactions[0].response.body.count` to `response.body.count`. */
function placeOf({ mockDetails }: ComparatorResult): string {
  return (mockDetails?.location ?? '').replace(/^\[root\]\.interactions\[0\]\./, '');
}
