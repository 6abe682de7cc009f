/** A Pact file as the verification sees it: its HTTP interactions, whatever version of Pact's format wrote them. */

export type ProviderState = {
  readonly name: string;
  readonly params: Readonly<Record<string, unknown>>;
};

export type Content = {
  /** Without parameters, in lower case; empty where nothing says. */
  readonly mediaType: string;
  /** As it is sent. */
  readonly text: string;
};

export type Message = {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined: the contract says nothing of a body. */
  readonly body: Content | undefined;
};

export type Interaction = {
  readonly file: string;
  readonly consumer: string;
  /** The Pact provider, which is the vendor's name. */
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
  /** A pact of this interaction alone, in the form of its file. */
  readonly pact: object;
};

/** A file that cannot be verified, or a part of it, and what to do. */
export type FileFault = { readonly file: string; readonly message: string };

/** What a person calls it: `seat-shop → ibl: an order of seats`. */
export function titleOf({ consumer, vendor, description }: Interaction): string {
  return `${consumer} → ${vendor}: ${description}`;
}
