/** Whether what a request names exists. TI-REFERENCES: what does not is created on first use, or refused. */
import type { Problem } from '../../frameworks/framework.ts';
import type { Place } from '../../messages/message.ts';
import type { TiWorld } from './credentials.ts';
import { findById } from './find.ts';
import { storeContent } from './made-content/library.ts';
import {
  clients,
  licenses,
  lists,
  type ClientRecord,
  type IdLists,
  type ListName,
} from './records.ts';
import { storeClient } from './store-client.ts';

export type References = {
  /** Undefined if it does not exist and may not be created. */
  client(id: string, name?: string): Promise<ClientRecord | undefined>;
  /** `named` are the names that the lists have in this request, where they differ. */
  content(ids: Partial<IdLists>, named?: Partial<Record<ListName, string>>): Promise<void>;
  /** TI-PARENTS: the parent must be a license of this sandbox; one of another client is accepted. */
  parent(id: string | null, clientId: string): Promise<void>;
  /** Reports that the request names something at `path` that does not exist. */
  miss(...path: Place['path']): void;
  /** Names everything that does not exist. */
  problem(): Problem | undefined;
};

export function openReferences(world: TiWorld): References {
  const missing: Place[] = [];
  const miss = (...path: Place['path']) => void missing.push({ in: 'body', path });
  return {
    async client(id, name = 'clientId') {
      const found = await findById(clients, id, world);
      if (found) return found;
      if (mayMake([name], 'client', id, world)) return storeClient(id, {}, world);
      miss(name);
      return undefined;
    },
    async content(sent, named = {}) {
      for (const { ids, noun, content } of lists) {
        for (const [index, id] of (sent[ids] ?? []).entries()) {
          if (await world.in(content).get(id)) continue;
          const path = [named[ids] ?? ids, index];
          if (mayMake(path, noun, id, world)) await storeContent(ids, id, {}, world);
          else miss(...path);
        }
      }
    },
    async parent(id, clientId) {
      if (id === null) return;
      world.note('TI-PARENTS');
      const parent = await findById(licenses, id, world);
      if (!parent) miss('parentLicenseId');
      else if (parent.clientId !== clientId) {
        const message = 'parentLicenseId names a license of another client.';
        world.warn({ in: 'body', path: ['parentLicenseId'], keyword: 'rule', message });
      }
    },
    miss,
    problem() {
      if (missing.length === 0) return undefined;
      const violations = missing.map((place) => ({
        ...place,
        keyword: 'reference',
        message: 'names nothing in this sandbox',
      }));
      return { problem: 'invalid', violations };
    },
  };
}

function mayMake(path: Place['path'], noun: string, id: string, world: TiWorld): boolean {
  world.note('TI-REFERENCES');
  if (world.config.references === 'closed') return false;
  world.warn({
    in: 'body',
    path,
    keyword: 'reference',
    message: `The ${noun} ${id} did not exist and was created. Add it to the scenario to choose its fields.`,
  });
  return true;
}
