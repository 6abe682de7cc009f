/** Holds an interaction against its vendor's spec without running it. */
import { MockError, messageOf } from '../errors.ts';
import { createComparator, type Comparator, type ComparatorResult } from './comparator.ts';
import type { Interaction } from './contract.ts';
import type { Judge, ServedVendor } from './judge.ts';
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
  /** One a spec: it compiles each schema once. */
  const comparators = new Map<string, Comparator>();
  const comparatorOf = (vendor: string): Comparator => {
    const known = comparators.get(vendor);
    if (known) return known;
    const spec = parts.served.find((each) => each.vendor.name === vendor)?.spec;
    if (!spec) throw new MockError('unknown-vendor', `There is no spec of "${vendor}".`);
    const made = createComparator(spec.document);
    comparators.set(vendor, made);
    return made;
  };

  return async (interaction) => {
    const found: Found[] = [];
    try {
      const pact = withServedPath(interaction, judge);
      for await (const result of comparatorOf(interaction.vendor).compare(pact)) {
        found.push(...(await explain(result, interaction, judge)));
      }
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
  const { status } = interaction.response;
  const isMeant = status >= 400 && status < 500;
  switch (result.code) {
    case 'request.body.unvalidatable':
      return judgeRequest(interaction, judge, isMeant);
    case 'response.body.unvalidatable':
      return judgeResponse(interaction, judge);
    case 'request.path-or-method.unknown':
      if (!isMeant) break;
      // The comparator stops here: the refusal is held against what the path documents.
      return [meant(result.message), ...(await judgeResponse(interaction, judge))];
    default:
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
  return [{ finding, isJudged: true }];
}

/** By the vendor's own codec, then Prism. */
async function judgeRequest(
  interaction: Interaction,
  judge: Judge,
  isMeant: boolean,
): Promise<readonly Found[]> {
  const broken = await judge.checkRequest(interaction);
  if (!broken) return [unjudged('request', interaction.request.body?.mediaType)];
  return broken.map((message) =>
    isMeant
      ? meant(message)
      : { finding: { severity: 'warning', at: 'request.body', message }, isJudged: true },
  );
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
