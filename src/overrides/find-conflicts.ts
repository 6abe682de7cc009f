/** Finds the parts of an effect that cannot be combined. */
import type { Effect } from '../control-api/control-api.ts';
import type { SchemaViolation } from '../schema/json-schema.ts';
import type { WireFault } from './override.ts';

type Part = Exclude<keyof Effect, 'fault'> | WireFault;

const CONFLICTS: readonly {
  readonly part: Part;
  readonly others: readonly Part[];
  readonly because: string;
}[] = [
  {
    part: 'preset',
    others: [
      ...(['reply', 'patch', 'delay', 'rateLimit'] as const),
      ...(['reset-before', 'reset-after', 'truncate', 'hang'] as const),
    ],
    because: 'a preset is a complete effect',
  },
  {
    part: 'hang',
    others: ['reply', 'patch', 'delay', 'rateLimit'],
    because: 'the connection hangs, so nothing else happens',
  },
  {
    part: 'reset-before',
    others: ['reply', 'patch', 'rateLimit'],
    because: 'the connection is reset, so there is no response',
  },
  {
    part: 'reset-after',
    others: ['reply', 'patch', 'rateLimit'],
    because: 'the handler runs, but its response is lost',
  },
  {
    part: 'patch',
    others: ['reply', 'rateLimit'],
    because: "a patch needs the handler's response, and there is none",
  },
  {
    part: 'rateLimit',
    others: ['reply'],
    because: "beyond the limit, the vendor's own error is the response",
  },
];

export function* findConflicts(effect: Effect): Generator<SchemaViolation> {
  const parts = new Map<string, keyof Effect>(
    keysOf(effect).map((key) => [key === 'fault' ? String(effect.fault) : key, key]),
  );
  if (parts.size === 0) {
    const message = 'is empty. Set reply, patch, delay, rateLimit, fault or preset.';
    yield { path: ['effect'], message };
  }
  for (const { part, others, because } of CONFLICTS) {
    const key = parts.get(part);
    const other = others.find((each) => parts.has(each));
    if (key === undefined || other === undefined) continue;
    const message = `${part} cannot be combined with ${other}: ${because}. Remove one of them.`;
    yield { path: ['effect', key], message };
  }
  if (effect.reply) yield* findReplyConflicts(effect.reply);
  if (effect.delay) yield* findDelayConflicts(effect.delay);
}

function* findReplyConflicts(reply: object): Generator<SchemaViolation> {
  const path = ['effect', 'reply'];
  const hasError = 'error' in reply;
  if (hasError && Object.keys(reply).length > 1) {
    yield {
      path: [...path, 'error'],
      message:
        "stands for the vendor's complete error response. Remove status, headers and body, or error.",
    };
  }
  if (!hasError && !('status' in reply)) yield { path, message: 'must have "status" or "error".' };
}

function* findDelayConflicts(delay: object): Generator<SchemaViolation> {
  const path = ['effect', 'delay'];
  const { ms, minMs, maxMs } = delay as { ms?: number; minMs?: number; maxMs?: number };
  const hasRange = minMs !== undefined && maxMs !== undefined;
  const hasBound = minMs !== undefined || maxMs !== undefined;
  if (ms === undefined ? !hasRange : hasBound) {
    yield { path, message: 'must have either ms, or minMs and maxMs.' };
  } else if (hasRange && minMs > maxMs) {
    yield { path: [...path, 'minMs'], message: `${minMs} is greater than maxMs (${maxMs}).` };
  }
}

function keysOf(effect: Effect): readonly (keyof Effect)[] {
  return Object.keys(effect) as (keyof Effect)[];
}
