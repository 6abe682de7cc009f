/** An OpenAPI document, as far as the page reads it. */
export type SpecDocument = { readonly paths?: Readonly<Record<string, unknown>> };
