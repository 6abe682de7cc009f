/** An OpenAPI file as the mock uses it. */
import type { DocumentedOperation, SpecDocument } from './document.ts';
import type { Operation } from './operation.ts';
import type { BodySchema } from './prism-validators.ts';
import type { PrismOperation } from './read-operations.ts';

export type SpecOperation = {
  readonly operation: Operation;
  /** The operation as in the document. */
  readonly documented: DocumentedOperation;
  /** Prism's own form of the operation. */
  readonly prism: PrismOperation;
  /** The schema of the JSON body, if Prism checks nothing else of a request. */
  readonly bodySchema: BodySchema | undefined;
  /** Documented statuses without a body. */
  readonly emptyStatuses: ReadonlySet<number>;
};

export type Spec = {
  /** The vendor's name, from the file name. */
  readonly vendor: string;
  readonly file: string;
  readonly document: SpecDocument;
  readonly operations: readonly SpecOperation[];
};

/** Called for each schema that does not compile. */
export type BrokenSchemaListener = (message: string, pointer: string) => void;
