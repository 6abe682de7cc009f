/**
 * Refuses JSON Schema keywords in the specs that not all of Prism, the comparator and the linter check:
 * one that is silently ignored by one of them would make a green result mean less.
 */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';

const CHECKED = new Set(
  [
    '$ref',
    'type',
    'properties',
    'required',
    'additionalProperties',
    'items',
    'enum',
    'const',
  ].concat(
    ['format', 'pattern', 'minLength', 'maxLength', 'minimum', 'maximum', 'exclusiveMinimum'],
    ['exclusiveMaximum', 'minItems', 'maxItems', 'uniqueItems', 'oneOf', 'anyOf', 'allOf', 'not'],
    ['minProperties', 'maxProperties', 'multipleOf'],
  ),
);
const SAID = new Set(['title', 'description', 'default', 'example', 'examples', 'deprecated']);
const OWN = 'x-mock-format';

const specs = path.join(import.meta.dirname, '../../specs');
const faults = globSync(path.join(specs, '*.yaml'))
  .filter((file) => path.basename(file) !== 'ledger.yaml')
  .flatMap((file) => [...walk(parse(readFileSync(file, 'utf8')), path.basename(file), false)]);
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length > 0 ? 1 : 0;

/** Goes through a document; what is under `schema` or `schemas` is a schema. */
function* walk(node: unknown, where: string, isSchema: boolean): Generator<string> {
  if (typeof node !== 'object' || node === null) return;
  if (Array.isArray(node)) {
    for (const [i, each] of node.entries()) yield* walk(each, `${where}[${i}]`, isSchema);
    return;
  }
  for (const [key, value] of Object.entries(node)) {
    const at = `${where}.${key}`;
    if (!isSchema) {
      if (key === 'schemas')
        for (const [name, schema] of Object.entries(value))
          yield* walk(schema, `${at}.${name}`, true);
      else if (key !== 'example' && key !== 'examples') yield* walk(value, at, key === 'schema');
    } else if (key === 'properties') {
      for (const [name, schema] of Object.entries(value))
        yield* walk(schema, `${at}.${name}`, true);
    } else if (CHECKED.has(key)) {
      yield* walk(value, at, !['enum', 'const', 'required', 'type'].includes(key));
    } else if (!SAID.has(key) && key !== OWN) {
      yield `${at}: the keyword is not checked by every tool; leave it out or say it otherwise.`;
    }
  }
}
