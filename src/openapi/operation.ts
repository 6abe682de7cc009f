/** Operations as handlers and frameworks see them: the spec with resolved references. */
import type { OpenAPIV3_1 } from 'openapi-types';
import type { Json } from '../messages/json.ts';

/** A schema object of OpenAPI 3.1 with resolved references. */
export type Schema = Readonly<
  Omit<
    OpenAPIV3_1.BaseSchemaObject,
    'properties' | 'items' | 'oneOf' | 'anyOf' | 'allOf' | 'enum' | 'additionalProperties'
  >
> & {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly enum?: readonly Json[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
};

/** One operation of a vendor's spec. */
export type Operation = {
  readonly vendor: string;
  /** The spec's `operationId`; the handler has the same name. */
  readonly id: string;
  /** In upper case. */
  readonly method: string;
  /** The full path as served, with `{parameters}`. */
  readonly path: string;
  readonly summary: string;
  readonly description: string;
  /** The request body's schema; undefined if the operation takes no body. */
  readonly body: Schema | undefined;
  /** Media types of the request body, in the spec's order. */
  readonly consumes: readonly string[];
  /** Path parameters by name. */
  readonly parameters: Readonly<Record<string, Schema>>;
  /** Query parameters by name, in the spec's order. */
  readonly query: Readonly<Record<string, Schema>>;
};

/** The result of routing a request. */
export type Route = {
  /** The requested operation; if the path does not offer the method, the path's first operation. */
  readonly operation: Operation;
  /** The methods that the path offers, in the spec's order. */
  readonly methods: readonly string[];
  /** Path parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
};
