/** A Pact file's HTTP interactions, in one form for all versions of Pact's format. */

export type ProviderState = {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
};

export type Content = {
  /** Without parameters, in lower case; empty if it is not known. */
  readonly mediaType: string;
  /** As sent. */
  readonly text: string;
};

export type Message = {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined if the contract does not mention a body. */
  readonly body: Content | undefined;
};

export type Interaction = {
  readonly file: string;
  readonly consumer: string;
  /** The name of the Pact provider, which is the vendor's name. */
  readonly vendor: string;
  readonly description: string;
  readonly states: readonly ProviderState[];
  readonly request: Message & {
    /** In upper case. */
    readonly method: string;
    readonly path: string;
    /** As sent, without `?`; empty when there is none. */
    readonly query: string;
  };
  readonly response: Message & { readonly status: number };
  /** A pact with only this interaction, in the format of its file. */
  readonly pact: object;
};

/** A file or a part of it that cannot be verified. `message` says what to do. */
export type FileFault = { readonly file: string; readonly message: string };

/** The title for people: `seat-shop → ibl: an order of seats`. */
export function titleOf({ consumer, vendor, description }: Interaction): string {
  return `${consumer} → ${vendor}: ${description}`;
}
