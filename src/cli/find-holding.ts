/**
 * Finds the entries of a journal that can be interactions of a contract: those that the mock answers again as before,
 * in an empty sandbox or in the state that the sandbox has now.
 */
import { randomUUID } from 'node:crypto';
import type { ControlClient } from '../client/control-client.ts';
import { holds, toInteraction, type PactInteraction } from '../contracts/to-pact.ts';
import type { JournalEntry, StateDocument } from '../control-api/control-api.ts';
import { isJsonObject, type Json, type JsonObject } from '../messages/json.ts';
import { isJsonType, parseMediaType } from '../messages/media-type.ts';
import { vendors } from '../vendors/index.ts';

type Held = { readonly vendor: string; readonly interaction: PactInteraction };

type Holding = {
  readonly held: readonly Held[];
  /** Why the others are left out, a sentence each. */
  readonly leftOut: readonly string[];
  /** The state that interactions with a provider state need. */
  readonly document: StateDocument;
};

/** A state to answer in, with the credentials that it knows. */
type Place = {
  readonly states: readonly string[];
  readonly enter: () => Promise<void>;
  readonly sections: Readonly<Record<string, unknown>>;
};

export async function findHolding(parts: {
  readonly base: string;
  readonly client: ControlClient;
  readonly sandbox: string;
  readonly entries: readonly JournalEntry[];
  /** The sentence of the provider state. */
  readonly state: string;
}): Promise<Holding> {
  const { base, client, sandbox, entries, state } = parts;
  const document = await client.exportState(sandbox);
  const [empty, full] = [`export-${randomUUID()}`, `export-${randomUUID()}`];
  const held: Held[] = [];
  const leftOut: string[] = [];
  const seen = new Set<string>();
  try {
    await client.startSandbox(empty, { scenario: 'empty' });
    await client.startSandbox(full, { scenario: 'empty' });
    await client.importState(full, document);
    await client.takeSnapshot(full, 'state');
    const places: readonly (Place & { readonly url: string })[] = [
      {
        url: `${base}/_sandbox/${empty}`,
        states: [],
        sections: {},
        enter: async () => void (await client.resetSandbox(empty)),
      },
      {
        url: `${base}/_sandbox/${full}`,
        states: [state],
        sections: document as JsonObject,
        enter: async () => void (await client.restoreSnapshot(full, 'state')),
      },
    ];
    for (const entry of entries) {
      const found = await findInteraction(entry, places);
      if (typeof found === 'string') leftOut.push(found);
      else {
        const { description: _, ...rest } = found.interaction;
        const key = JSON.stringify({ vendor: found.vendor, ...rest });
        if (!seen.has(key)) held.push(found);
        seen.add(key);
      }
    }
  } finally {
    await client.removeSandbox(empty).catch(() => {});
    await client.removeSandbox(full).catch(() => {});
  }
  return { held, leftOut, document };
}

/** The first that holds: of places, and of credentials. */
async function findInteraction(
  entry: JournalEntry,
  places: readonly (Place & { readonly url: string })[],
): Promise<Held | string> {
  let reason = `${entry.id}: the mock does not answer it so again, because its records are others now`;
  for (const { url, states, enter, sections } of places) {
    for (const authorization of credentialsFor(entry, sections)) {
      const interaction = toInteraction(entry, authorization);
      if (typeof interaction === 'string') return interaction;
      await enter();
      const answer = await send(url, interaction).catch((thrown: unknown) => {
        reason = `${entry.id}: it cannot be sent again: ${String(thrown)}`;
        return undefined;
      });
      if (!answer || !holds(interaction, answer)) continue;
      const providerStates = states.map((name) => ({ name }));
      return {
        vendor: entry.vendor ?? '',
        interaction: { ...interaction, ...(states.length > 0 && { providerStates }) },
      };
    }
  }
  return reason;
}

const SCHEME = /^\S+/;

/** The credentials that were sent are hidden, so those that the vendor knows are tried, and one that it does not. */
function credentialsFor(
  { request, vendor: name }: JournalEntry,
  sections: Place['sections'],
): readonly (string | undefined)[] {
  const isSent = Object.keys(request.headers).some(
    (each) => each.toLowerCase() === 'authorization',
  );
  const vendor = vendors.find((each) => each.name === name);
  if (!isSent || !vendor) return [undefined];
  const section = sections[vendor.name];
  const config = vendor.scenario.configure(isJsonObject(section) ? section : {});
  const known = vendor.introduce(config).credentials.flatMap((line) => {
    const [, value] = /^authorization: (.*?)(?: {2}\(.*\))?$/i.exec(line) ?? [];
    return value === undefined ? [] : [value];
  });
  const schemes = new Set(known.flatMap((value) => SCHEME.exec(value) ?? []));
  return [...known, ...[...schemes].map((scheme) => `${scheme} unknown`), undefined];
}

async function send(
  base: string,
  { request }: PactInteraction,
): Promise<{ readonly status: number; readonly body: Json | undefined }> {
  const { method, path, query = {}, headers, body } = request;
  const pairs = Object.entries(query).flatMap(([name, values]) =>
    values.map((value): [string, string] => [name, value]),
  );
  const search = pairs.length > 0 ? `?${new URLSearchParams(pairs).toString()}` : '';
  const answer = await fetch(
    `${base}${path.split('/').map(encodeURIComponent).join('/')}${search}`,
    {
      method,
      headers,
      redirect: 'manual',
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    },
  );
  const text = await answer.text();
  const { name } = parseMediaType(answer.headers.get('content-type') ?? '');
  return {
    status: answer.status,
    body: text !== '' && isJsonType(name) ? (JSON.parse(text) as Json) : undefined,
  };
}
