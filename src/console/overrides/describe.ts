/** Says what an override does, in one sentence. */
import type { Effect, Override } from '../../control-api/control-api.ts';
import { presets } from './choices.ts';

export function describeEffect(effect: Effect): string {
  const { preset, reply, patch, rateLimit, delay, fault } = effect as Readonly<
    Record<string, unknown>
  > &
    Effect;
  const parts = [
    preset && `${preset}: ${presets[preset]}`,
    reply &&
      ('error' in reply && reply.error
        ? `the error ${reply.error}`
        : `status ${'status' in reply ? reply.status : ''}`),
    patch !== undefined && 'the vendor’s answer, changed',
    rateLimit && `at most ${rateLimit.limit} calls in ${rateLimit.windowSeconds} s`,
    delay &&
      ('ms' in delay && delay.ms !== undefined
        ? `${delay.ms} ms late`
        : `${delay.minMs} to ${delay.maxMs} ms late`),
    fault && `the connection: ${fault}`,
  ];
  return parts.filter(Boolean).join(', ');
}

export function describeTarget({ vendor, operation, when, atMost, probability }: Override): string {
  const place = operation ?? (vendor === undefined ? 'every call' : `every call of ${vendor}`);
  const { call, ...pattern } = when ?? {};
  const parts = [
    call === undefined ? place : `call ${call} of ${place}`,
    Object.keys(pattern).length > 0 && `with ${JSON.stringify(pattern)}`,
    atMost !== undefined && `at most ${atMost} times`,
    probability !== undefined && `with probability ${probability}`,
  ];
  return parts.filter(Boolean).join(', ');
}
