/** The schema of an answer's body. */
import { parseMediaType } from '../messages/media-type.ts';
import type { SpecOperation } from './spec.ts';
import type { Schema } from './operation.ts';

/** Undefined: the spec documents no such answer, or no schema for it. */
export function responseSchemaOf(
  { prism }: SpecOperation,
  status: number,
  contentType: string | undefined,
): Schema | undefined {
  const codes = [String(status), `${Math.floor(status / 100)}XX`, 'default'];
  const response = codes
    .map((code) => prism.responses.find((each) => each.code === code))
    .find((each) => each !== undefined);
  const { name } = parseMediaType(contentType);
  const content = response?.contents?.find(
    ({ mediaType }) => parseMediaType(mediaType).name === name,
  );
  return content?.schema as Schema | undefined;
}
