/** The vendors' docs of each field: `test/specs/<vendor>-fields.tsv`. documented-fields.test.ts explains the format. */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Vendor } from '../../src/vendors/vendor.ts';

const HEADER = ['operation', 'in', 'field', 'type', 'nullable', 'required'];
const ENDING = '-fields.tsv';
const folder = path.join(import.meta.dirname, '../specs');

export type DocumentedField = {
  readonly operation: string;
  readonly in: 'body' | 'query' | 'response';
  readonly field: string;
  readonly type: string;
  readonly nullable: 'yes' | 'no';
  readonly required: 'yes' | 'no';
};

export type FieldLists = ReadonlyMap<string, readonly DocumentedField[]>;

/** Reads the list of a vendor. Throws if a line is malformed. */
export function readFieldLists(): FieldLists {
  const files = globSync(`*${ENDING}`, { cwd: folder });
  return new Map(files.map((file) => [file.slice(0, -ENDING.length), readList(file)]));
}

/** Throws if the vendor's list does not contain the operation. */
export function fieldsDocumentedFor(
  lists: FieldLists,
  { name }: Pick<Vendor, 'name'>,
  operation: string,
): readonly DocumentedField[] {
  const rows = (lists.get(name) ?? []).filter((row) => row.operation === operation);
  if (rows.length > 0) return rows;
  throw new Error(`test/specs/${name}${ENDING} lists no field of ${operation}.`);
}

function readList(file: string): readonly DocumentedField[] {
  const [header, ...lines] = readFileSync(path.join(folder, file), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  if (header !== HEADER.join('\t'))
    throw new Error(`${file}: its columns are not ${HEADER.join()}.`);
  return lines.map((line) => {
    const cells = line.split('\t');
    const row = Object.fromEntries(HEADER.map((name, i) => [name, cells[i]]));
    if (cells.length === HEADER.length && isField(row)) return row;
    throw new Error(`${file}: a line is not well formed: ${line}`);
  });
}

function isField(row: Readonly<Record<string, string | undefined>>): row is DocumentedField {
  const { in: place = '', nullable = '', required = '' } = row;
  const isKnown = (value: string) => ['yes', 'no'].includes(value);
  return ['body', 'query', 'response'].includes(place) && isKnown(nullable) && isKnown(required);
}
