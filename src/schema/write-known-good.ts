/** Writes what `known-good.ts` reads. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { FORMATS } from './json-schema.ts';
import {
  digestOf,
  KNOWN_GOOD,
  textOf,
  WRITTEN_CHECKS,
  WRITTEN_FORMATS,
  type KnownGood,
  type recordGood,
} from './known-good.ts';
import { withoutAnnotations, type Schema } from './share-parts.ts';
import { writeChecks } from './standalone.ts';

/** Whoever loads the checks puts the formats in that are not to let every text pass. */
const FORMATS_MODULE = `'use strict';
exports.formats = {};
for (const name of ${JSON.stringify(FORMATS)}) exports.formats[name] = () => true;
`;

/** Of all our schemas. */
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
/** Our schemas name their parts themselves. */
const NO_PARTS = { $schema: DIALECT, $id: 'parts', $defs: {} };
const OPTIONS = { strict: false, logger: false, messages: false, inlineRefs: false } as const;

export function writeKnownGood({ texts, schemas }: ReturnType<typeof recordGood>): void {
  const plain = [...schemas].map((schema) => ({
    ...withoutAnnotations(schema as Schema),
    $schema: DIALECT,
  }));
  writeFileSync(WRITTEN_FORMATS, FORMATS_MODULE);
  const how = {
    options: OPTIONS,
    formats: Object.fromEntries(FORMATS.map((name) => [name, () => true])),
    formatsModule: `./${path.basename(WRITTEN_FORMATS)}`,
  };
  writeFileSync(WRITTEN_CHECKS, writeChecks({ parts: NO_PARTS, schemas: plain }, how));
  const known: KnownGood = {
    texts: [...texts],
    schemas: [...schemas].map((schema) => digestOf(textOf(schema))),
  };
  writeFileSync(KNOWN_GOOD, JSON.stringify(known));
}
