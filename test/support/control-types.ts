/** Writes the types of the control API's documents from its spec; run by `npm run types:control`. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import openapiTS, {
  addJSDocComment,
  astToString,
  transformSchemaObject,
  type ParameterObject,
  type ReferenceObject,
  type SchemaObject,
} from 'openapi-typescript';
import ts from 'typescript';
import { parse } from 'yaml';

type Spec = {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, SchemaObject>> };
};
type Operation = {
  readonly operationId?: string;
  readonly parameters?: readonly ParameterObject[];
};

const ROOT = path.join(import.meta.dirname, '../..');
export const typesFile = path.join(ROOT, 'src/control-api/control-api.ts');

/** Operations whose query is a type of its own. */
const QUERIES: Readonly<Record<string, string>> = { listJournal: 'JournalFilter' };

const HEAD = `/** Generated from specs/control.yaml by \`npm run types:control\`: change the spec, not this file. */
import type { Json } from '../messages/json.ts';

export type { Json };

type KeysOf<Union> = Union extends unknown ? keyof Union : never;

/** A value is exactly one of these objects: it has no field that only another one has. */
type OneOf<Union, Keys extends PropertyKey = KeysOf<Union>> = Union extends unknown
  ? Union & { readonly [Key in Exclude<Keys, keyof Union>]?: never }
  : never;
`;

export async function renderControlTypes(): Promise<string> {
  const { openapi, info, paths, components } = readSpec();
  const { Json: _, ...named } = { ...components.schemas, ...queriesOf(paths) };
  const schemas = Object.fromEntries(
    Object.entries(named).map(([name, schema]) => [name, withOpenIndex(schema)]),
  );
  const nodes = await openapiTS(
    { openapi, info, paths: {}, components: { schemas: { ...schemas, Json: { type: 'object' } } } },
    {
      immutable: true,
      defaultNonNullable: false,
      emptyObjectsUnknown: true,
      silent: true,
      transform(schema, options) {
        if (!('oneOf' in schema)) return undefined;
        const union = transformSchemaObject(schema, options);
        return ts.factory.createTypeReferenceNode('OneOf', [union]);
      },
      // A field that is only a reference is described where that leads.
      transformProperty(property, schema, { ctx }) {
        const { $ref } = schema as Partial<ReferenceObject>;
        const target = $ref === undefined ? undefined : ctx.resolve<SchemaObject>($ref);
        if (target && !schema.description) addJSDocComment(target, property);
        return property;
      },
    },
  );
  const types = Object.entries(schemas).map(([name, { description = '' }]) =>
    [
      `/** ${description.trim().replaceAll('\n', '\n * ')} */`,
      `export type ${name} = ${tidy(astToString(findType(nodes, name)))};\n`,
    ].join('\n'),
  );
  return [HEAD, ...types].join('\n');
}

function readSpec(): Spec {
  return parse(readFileSync(path.join(ROOT, 'specs/control.yaml'), 'utf8')) as Spec;
}

/** In TypeScript the type of all other fields also holds for those that have a name. */
function withOpenIndex(schema: SchemaObject): SchemaObject {
  const isMixed = 'properties' in schema && typeof schema.additionalProperties === 'object';
  return isMixed ? { ...schema, additionalProperties: {} } : schema;
}

/** The query of an operation as the schema of an object. */
function queriesOf(paths: Spec['paths']): Record<string, SchemaObject> {
  const operations = Object.values(paths).flatMap((item) => Object.values(item));
  return Object.fromEntries(
    operations.flatMap(({ operationId = '', parameters = [] }) => {
      const name = QUERIES[operationId];
      if (name === undefined) return [];
      const properties = parameters.map((parameter) => [
        parameter.name,
        { ...parameter.schema, description: parameter.description, example: parameter.example },
      ]);
      const description = `The query of ${operationId}. All given fields must match.`;
      return [[name, { type: 'object', description, properties: Object.fromEntries(properties) }]];
    }),
  );
}

/** The type that openapi-typescript makes of a schema: a member of `components.schemas`. */
function findType(nodes: readonly ts.Node[], name: string): ts.TypeNode {
  const components = nodes.find(
    (node) => ts.isInterfaceDeclaration(node) && node.name.text === 'components',
  ) as ts.InterfaceDeclaration;
  const { type } = findMember(components.members, 'schemas');
  return findMember((type as ts.TypeLiteralNode).members, name).type as ts.TypeNode;
}

function findMember(members: Iterable<ts.TypeElement>, name: string): ts.PropertySignature {
  const found = [...members].find(
    (member) => member.name && ts.isIdentifier(member.name) && member.name.text === name,
  );
  if (!found) throw new Error(`openapi-typescript made no type for ${name}.`);
  return found as ts.PropertySignature;
}

/** Types by their own names; doc comments that begin with what a thing is. */
function tidy(type: string): string {
  return (
    type
      .trim()
      .replaceAll(/components\["schemas"\]\["(\w+)"\]/g, '$1')
      .replaceAll('@description ', '')
      .replaceAll(/\n *\* (?:@(?:enum|constant|default)\b|Format: ).*/g, '')
      // It indents the second line of a comment once too often.
      .replaceAll(/(\n *\*) {5}/g, '$1 ')
  );
}

if (import.meta.main) writeFileSync(typesFile, await renderControlTypes());
