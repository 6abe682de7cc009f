/** Reads Pact files of versions 2, 3 and 4. Reports every part that cannot be verified as a fault. */
import { messageOf } from '../errors.ts';
import { readText } from '../yaml/read-text.ts';
import type { FileFault, Interaction } from './contract.ts';
import {
  asRecord,
  readMessage,
  readQuery,
  HTTP,
  readStates,
  toPlainInteraction,
  type Version,
} from './read-interaction.ts';

export type ReadContract = {
  readonly interactions: readonly Interaction[];
  readonly faults: readonly FileFault[];
};

export function readContract(file: string, vendors: readonly string[]): ReadContract {
  const refuse = (message: string): ReadContract => ({
    interactions: [],
    faults: [{ file, message }],
  });
  let pact: Record<string, unknown>;
  try {
    pact = asRecord(JSON.parse(readText(file)));
  } catch (thrown) {
    return refuse(`It cannot be read as JSON: ${messageOf(thrown)}. Generate it again.`);
  }
  const consumer = asRecord(pact['consumer'])['name'];
  const vendor = asRecord(pact['provider'])['name'];
  if (typeof consumer !== 'string' || typeof vendor !== 'string') {
    return refuse(
      'It is not a Pact file: it has no consumer and provider. Leave it out, or name the folder with the pacts.',
    );
  }
  if (!vendors.includes(vendor)) {
    return refuse(`Its provider "${vendor}" is not a vendor. Use one of ${vendors.join(', ')}.`);
  }
  const version = versionOf(pact);
  if (!isKnown(version)) {
    return refuse(
      `It has version ${version} of Pact's format; only versions 2, 3 and 4 can be verified. Generate it again with one of them.`,
    );
  }
  const listed = Array.isArray(pact['interactions']) ? pact['interactions'].map(asRecord) : [];
  const messages = [pact['messages']].flatMap((each) => (Array.isArray(each) ? each : []));
  const count = messages.length + listed.filter((each) => !isHttp(each)).length;
  if (listed.length + count === 0) {
    return refuse(
      'It contains no interactions, so nothing would be verified. Run the consumer tests that write it, or remove it.',
    );
  }
  return {
    interactions: listed
      .filter(isHttp)
      .map((found) => toInteraction(found, { file, consumer, vendor, version, pact })),
    faults: count > 0 ? [{ file, message: describeMessages(count) }] : [],
  };
}

function toInteraction(
  found: Record<string, unknown>,
  from: {
    readonly file: string;
    readonly consumer: string;
    readonly vendor: string;
    readonly version: Version;
    readonly pact: Record<string, unknown>;
  },
): Interaction {
  const { file, consumer, vendor, version } = from;
  const [request, response] = [asRecord(found['request']), asRecord(found['response'])];
  const metadata = asRecord(from.pact['metadata']);
  return {
    file,
    consumer,
    vendor,
    description: String(found['description'] ?? ''),
    states: readStates(found),
    request: {
      ...readMessage(request, version),
      method: String(request['method'] ?? 'GET').toUpperCase(),
      path: String(request['path'] ?? '/'),
      query: readQuery(request['query']),
    },
    response: { ...readMessage(response, version), status: Number(response['status'] ?? 200) },
    pact: {
      consumer: { name: consumer },
      provider: { name: vendor },
      interactions: [toPlainInteraction(found)],
      metadata: { ...metadata, pactSpecification: { version: `${version}.0` } },
    },
  };
}

function isHttp(interaction: Record<string, unknown>): boolean {
  return String(interaction['type'] ?? HTTP).toLowerCase() === HTTP.toLowerCase();
}

function isKnown(version: string): version is Version {
  return ['2', '3', '4'].includes(version);
}

function describeMessages(count: number): string {
  return `It contains ${count} message interaction${count === 1 ? '' : 's'}. The vendors use only HTTP. Put messages into a separate pact, and verify it with their provider.`;
}

/** The major version. Like Pact, treats a file without one as version 2. */
function versionOf(pact: Record<string, unknown>): string {
  const metadata = asRecord(pact['metadata']);
  const said =
    asRecord(metadata['pactSpecification'])['version'] ??
    asRecord(metadata['pact-specification'])['version'] ??
    metadata['pactSpecificationVersion'];
  return said === undefined || said === null ? '2' : (String(said).split('.')[0] ?? '');
}
