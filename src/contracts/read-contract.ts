/** Reads Pact files of the versions 2, 3 and 4. What cannot be verified is a fault, never left out. */
import { readFileSync } from 'node:fs';
import { messageOf } from '../errors.ts';
import type { FileFault, Interaction } from './contract.ts';
import { asRecord, readMessage, readQuery, readStates } from './read-interaction.ts';

export type ReadContract = {
  readonly interactions: readonly Interaction[];
  readonly faults: readonly FileFault[];
};

const HTTP = 'Synchronous/HTTP';

export function readContract(file: string, vendors: readonly string[]): ReadContract {
  const refuse = (message: string): ReadContract => ({
    interactions: [],
    faults: [{ file, message }],
  });
  let pact: Record<string, unknown>;
  try {
    pact = asRecord(JSON.parse(readFileSync(file, 'utf8')));
  } catch (thrown) {
    return refuse(`It cannot be read as JSON: ${messageOf(thrown)}. Write it anew.`);
  }
  const consumer = asRecord(pact['consumer'])['name'];
  const vendor = asRecord(pact['provider'])['name'];
  if (typeof consumer !== 'string' || typeof vendor !== 'string') {
    return refuse(
      'It is no Pact file: it names no consumer and provider. Leave it out, or name the folder of the pacts.',
    );
  }
  if (!vendors.includes(vendor)) {
    return refuse(
      `Its provider "${vendor}" is no vendor. Name the provider one of ${vendors.join(', ')}.`,
    );
  }
  const version = versionOf(pact);
  if (!['2', '3', '4'].includes(version)) {
    return refuse(
      `It says that it is of Pact's version ${version}; the versions 2, 3 and 4 can be verified. Write it anew with one of them.`,
    );
  }
  if (Array.isArray(pact['messages'])) return refuse(describeMessages(pact['messages'].length));
  const listed = Array.isArray(pact['interactions']) ? pact['interactions'].map(asRecord) : [];
  if (listed.length === 0) {
    return refuse(
      'It holds no interactions, so that nothing would be verified. Run the consumer tests that write it, or remove it.',
    );
  }
  const messages = listed.filter((each) => !isHttp(each));
  return {
    interactions: listed.filter(isHttp).map((found) => ({
      file,
      consumer,
      vendor,
      description: String(found['description'] ?? ''),
      states: readStates(found),
      request: {
        ...readMessage(found['request']),
        method: String(asRecord(found['request'])['method'] ?? 'GET').toUpperCase(),
        path: String(asRecord(found['request'])['path'] ?? '/'),
        query: readQuery(asRecord(found['request'])['query']),
      },
      response: {
        ...readMessage(found['response']),
        status: Number(asRecord(found['response'])['status'] ?? 200),
      },
      pact: { ...pact, interactions: [settled(found)] },
    })),
    faults: messages.length > 0 ? [{ file, message: describeMessages(messages.length) }] : [],
  };
}

function isHttp(interaction: Record<string, unknown>): boolean {
  return (interaction['type'] ?? HTTP) === HTTP;
}

/** Pact lets an interaction that is marked as pending fail without a word: here it counts as the others do. */
function settled(interaction: Record<string, unknown>): object {
  return 'pending' in interaction ? { ...interaction, pending: false } : interaction;
}

function describeMessages(count: number): string {
  return `It holds ${count} message interaction${count === 1 ? '' : 's'}. The vendors are spoken to by HTTP alone: put messages into a pact of their own and verify that with their provider.`;
}

/** The main number; files without one are of version 2, as Pact takes them. */
function versionOf(pact: Record<string, unknown>): string {
  const metadata = asRecord(pact['metadata']);
  const said =
    asRecord(metadata['pactSpecification'])['version'] ??
    asRecord(metadata['pact-specification'])['version'] ??
    metadata['pactSpecificationVersion'];
  return said === undefined ? '2' : (String(said).split('.')[0] ?? '');
}
