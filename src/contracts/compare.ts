/** Holds an interaction against its vendor's spec without running it. */
import { messageOf } from '../errors.ts';
import { comparatorOf, type ComparatorResult } from './comparator.ts';
import type { Content, Interaction } from './contract.ts';
import type { Judge, ServedVendor } from './judge.ts';
import { isJsonType } from '../messages/media-type.ts';
import { asRecord } from './read-interaction.ts';
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
      if (!spec) throw new Error(`There is no spec of ${interaction.vendor}.`);
      const pact = withServedPath(interaction, judge);
      for await (const result of comparatorOf(spec.document).compare(pact)) {
        if (isOfOwnBody(result, interaction)) continue;
        found.push(...(await explain(result, interaction, judge)));
      }
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

/** The path as the spec has it: without a gateway's prefix, in the spec's case. */
function withServedPath(interaction: Interaction, judge: Judge): object {
  const { route } = judge.locate(interaction) ?? {};
  const pact = asRecord(structuredClone(interaction.pact));
  const [only] = pact['interactions'] as Record<string, unknown>[];
  const request = asRecord(only?.['request']);
  if (route) {
    request['path'] = route.operation.path.replaceAll(/\{([^}]+)\}/g, (_, name: string) =>
      encodeURIComponent(route.parameters[name] ?? ''),
    );
  }
  return pact;
}

async function explain(
  result: ComparatorResult,
  interaction: Interaction,
  judge: Judge,
): Promise<readonly Found[]> {
  const isMeant = isRefusal(interaction);
  if (result.code === 'request.path-or-method.unknown' && isMeant) {
    // The comparator stops here: the refusal is held against what the path documents.
    return [meant(result.message), ...(await judgeResponse(interaction, judge))];
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

/** What the comparator reads is JSON; XML, forms and texts are for the vendor's codec and Prism. */
async function judgeBodies(interaction: Interaction, judge: Judge): Promise<readonly Found[]> {
  const { request, response } = interaction;
  return [
    ...(isOwn(request.body) ? await judgeRequest(interaction, judge) : []),
    ...(isOwn(response.body) ? await judgeResponse(interaction, judge) : []),
  ];
}

function isOwn(body: Content | undefined): boolean {
  return body !== undefined && body.mediaType !== '' && !isJsonType(body.mediaType);
}

function isOfOwnBody({ code }: ComparatorResult, { request, response }: Interaction): boolean {
  if (code.startsWith('request.body.')) return isOwn(request.body);
  return code.startsWith('response.body.') && isOwn(response.body);
}

function isRefusal({ response: { status } }: Interaction): boolean {
  return status >= 400 && status < 500;
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
    ...checked.violations.map(isRefusal(interaction) ? meant : say('error')),
    ...checked.warnings.map(say('warning')),
  ];
}

async function judgeResponse(interaction: Interaction, judge: Judge): Promise<readonly Found[]> {
  const { status, headers, body } = interaction.response;
  if (!judge.locate(interaction)) return [unjudged('response', 'a path that the spec lacks')];
  const typed = { ...(body?.mediaType && { 'content-type': body.mediaType }), ...headers };
  const breaks = await judge.findBreaks(interaction, {
    status,
    headers: typed,
    body: body?.text ?? '',
  });
  return breaks.map((message) => ({
    finding: { severity: 'error', at: 'response.body', message },
    isJudged: true,
  }));
}

function meant(message: string): Found {
  const text = `The request breaks the spec, as one that is to be refused may: ${message}`;
  return { finding: { severity: 'note', message: text }, isJudged: true };
}

function unjudged(side: string, what = 'its media type'): Found {
  const message = `The ${side} cannot be held against the spec: nothing here reads ${what}.`;
  return { finding: { severity: 'note', message }, isJudged: false };
}

/** `response.body.count` of `[root].interactions[0].response.body.count`. */
function placeOf({ mockDetails }: ComparatorResult): string {
  return (mockDetails?.location ?? '').replace(/^\[root\]\.interactions\[0\]\./, '');
}
