/** Overrides, as the control API takes and gives them (specs/control.yaml). */

/** What JSON can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Which calls are meant: each part that is there must hold. Texts are equal, or match a `/regular expression/`. */
export type RequestPattern = {
  /** In upper case. */
  readonly method?: string;
  /** As sent, without sandbox prefix and query: `/api/licenses/add`. */
  readonly path?: string;
  /** Names in any case. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** A part of the decoded body: an object matches one that has all its fields, a list one of the same length. */
  readonly body?: Json;
};

/** A refusal that every vendor words in its own form. */
export type ErrorKind =
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'rate-limited'
  | 'server-error'
  | 'unavailable';

/** What happens; one part or several. */
export type Effect = {
  /** Answered in the vendor's place, and nothing is stored: an answer of your own, or the vendor's own refusal. */
  readonly reply?:
    | {
        readonly status: number;
        readonly headers?: Readonly<Record<string, string>>;
        readonly body?: Json;
      }
    | { readonly error: ErrorKind };
  /** A JSON merge patch (RFC 7396) of the vendor's answer. */
  readonly patch?: Json;
  /** How much longer it takes, in milliseconds: always the same, or drawn from the sandbox's seed. */
  readonly delay?: { readonly ms: number } | { readonly minMs: number; readonly maxMs: number };
  /** Calls past `limit` in a window are refused, by the sandbox's clock. */
  readonly rateLimit?: { readonly limit: number; readonly windowSeconds: number };
  /** What goes wrong on the wire, before the state changes (`reset-before`, `hang`) or after. */
  readonly fault?: 'reset-before' | 'reset-after' | 'truncate' | 'hang';
  /** A whole effect by name: `flaky` is 10 % 503, `lost-answer` stores and then resets the connection. */
  readonly preset?:
    | 'rate-limited'
    | 'flaky'
    | 'slow'
    | 'outage'
    | 'lost-answer'
    | 'expired-token'
    | 'maintenance';
};

/** A rule that changes what an operation answers. Of several that fit a call, the one that was set last acts. */
export type Override = {
  /** A vendor's name, as `GET /_mock/vendors` lists them; left out: all. */
  readonly vendor?: string;
  /** An operation's id: `createProgramLicense`; left out: all. */
  readonly operation?: string;
  readonly when?: RequestPattern & {
    /** Only the n-th call that all else fits, from 1, counted since the rule was set. */
    readonly call?: number;
  };
  /** How often it acts at most; left out: always. */
  readonly atMost?: number;
  /** In how many of the calls it acts, 0 to 1, drawn from the sandbox's seed; left out: in all. */
  readonly probability?: number;
  readonly effect: Effect;
};

/** An override that is set. */
export type Rule = Override & {
  /** The answer's `X-Mock-Override` where it acted. */
  readonly id: string;
  /** How many calls it fitted since it was set. */
  readonly calls: number;
  /** On how many of them it acted. */
  readonly hits: number;
};
