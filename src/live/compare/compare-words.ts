/** Compares two refusals of one request word by word. */
import type { Drift } from '../../control-api/control-api.ts';
import { isJsonObject, type Json } from '../../messages/json.ts';
import { kindOf } from './fitting-schemas.ts';

/** What differs between two answers to one request: ids of the answer, and when it was given. */
const CHANCE =
  /[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|\b[\da-f]{32}\b|\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[\d.]*(?:Z|[+-]\d{2}:?\d{2})?/gi;
const NUMBER = /\d+/g;

/** `isByData`: the refusals depend on the vendor's records, so that numbers in them differ. */
export function compareWords(
  mock: Json | undefined,
  live: Json | undefined,
  isByData: boolean,
  drift: Drift[],
): void {
  const plain = (text: string): string => {
    const masked = text.replaceAll(CHANCE, '…');
    return isByData ? masked.replaceAll(NUMBER, '0') : masked;
  };
  const compare = (left: Json | undefined, right: Json | undefined, path: string): void => {
    if (left === undefined || right === undefined) {
      if (left === right) return;
      const shown = (value: Json | undefined) => value !== undefined && textOf(value);
      const [ours, theirs] = [shown(left), shown(right)];
      drift.push({
        path,
        what: 'field',
        ...(ours !== false && { mock: ours }),
        ...(theirs !== false && { live: theirs }),
      });
    } else if (isJsonObject(left) && isJsonObject(right)) {
      for (const name of new Set([...Object.keys(left), ...Object.keys(right)])) {
        compare(left[name], right[name], `${path}.${name}`);
      }
      const [ours, theirs] = [Object.keys(left).join(', '), Object.keys(right).join(', ')];
      const isSame = Object.keys(left).toSorted().join() === Object.keys(right).toSorted().join();
      if (isSame && ours !== theirs) drift.push({ path, what: 'order', mock: ours, live: theirs });
    } else if (Array.isArray(left) && Array.isArray(right)) {
      for (let i = 0; i < Math.max(left.length, right.length); i += 1) {
        compare(left[i], right[i], `${path}[${i}]`);
      }
    } else if (kindOf(left) === kindOf(right)) {
      if (plain(textOf(left)) === plain(textOf(right))) return;
      drift.push({ path, what: 'words', mock: textOf(left), live: textOf(right) });
    } else {
      drift.push({ path, what: 'type', mock: kindOf(left), live: kindOf(right) });
    }
  };
  compare(mock, live, 'body');
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
