/** Faults as problem documents (RFC 9457). */
import { linkOf, MockError, messageOf } from '../errors.ts';
import { toPointer } from '../schema/json-schema.ts';
import type { Reply, Violation } from '../messages/message.ts';
import { json } from './call.ts';

/** One fault in a call. */
export type CallViolation = {
  readonly detail: string;
  /** JSON pointer to the field of the body, as in `MockError`. */
  readonly pointer?: string;
  /** The name of the path or query parameter. */
  readonly parameter?: string;
};

const SHOWN = 5;
/** Limits messages, because they may quote a name of any length. */
const MOST_OF_MESSAGE = 500;
/** The place with which Prism starts its messages; the problem document already names it. */
const PRISM_PLACE = /^Request \w+ (?:(?:property|parameter) .*? )?(?=must )/s;

/** A call that violates the spec; it has at least one fault. */
export class InvalidCall extends MockError {
  readonly faults: readonly CallViolation[];

  constructor(faults: readonly CallViolation[], options: { readonly cause?: unknown } = {}) {
    const pointer = faults[0]?.pointer;
    super('invalid-request', sentenceOf(faults), { ...options, ...(pointer && { pointer }) });
    this.faults = faults;
  }
}

function sentenceOf(faults: readonly CallViolation[]): string {
  const more = faults.length > SHOWN ? ` And ${faults.length - SHOWN} more.` : '';
  return `${faults
    .slice(0, SHOWN)
    .map(({ detail }) => detail)
    .join(' ')}${more}`;
}

export function toCallViolation({ in: place, path, message }: Violation): CallViolation {
  const name = path.join('.');
  const fault = message.replace(PRISM_PLACE, '').slice(0, MOST_OF_MESSAGE);
  const detail = `${name === '' ? 'The body' : name.slice(0, 200)}: ${fault}.`;
  return place === 'body'
    ? { detail, pointer: toPointer(path) }
    : { detail, parameter: String(path[0] ?? '') };
}

/** Runs `work`, and reports its faults in a field named `parameter` as faults in that parameter. */
export async function aboutParameter<T>(parameter: string, work: () => T): Promise<Awaited<T>> {
  try {
    return await work();
  } catch (thrown) {
    if (!(thrown instanceof MockError) || thrown.pointer !== `#/${parameter}`) throw thrown;
    throw new InvalidCall([{ detail: thrown.message, parameter }], { cause: thrown });
  }
}

export function toMockError(thrown: unknown): MockError {
  return thrown instanceof MockError
    ? thrown
    : new MockError('handler-crashed', `A request handler failed: ${messageOf(thrown)}`, {
        cause: thrown,
      });
}

export function renderProblem(fault: MockError): Reply {
  const faults = fault instanceof InvalidCall ? fault.faults : [];
  const parameter = faults[0]?.parameter;
  const reply = json(
    {
      type: linkOf(fault.code),
      title: fault.title,
      status: fault.status,
      detail: fault.message,
      ...(fault.pointer !== undefined && { pointer: fault.pointer }),
      ...(parameter !== undefined && { parameter }),
      ...(faults.length > 0 && { errors: faults }),
    },
    fault.status,
  );
  return { ...reply, headers: { 'content-type': 'application/problem+json' } };
}
