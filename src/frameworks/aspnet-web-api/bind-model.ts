/** Converts every value of a decoded body to the type of its field. */
import type { Json, JsonObject } from '../../messages/json.ts';
import type { Warning } from '../../messages/message.ts';
import { bindValue, blankFormItem, type Source, type Target } from './bind-value.ts';
import { createTolerance, shorten, type Path } from './decoded.ts';
import type { Field, Model } from './model.ts';
import type { WebApiRow } from './rows.ts';

export type BoundModel = {
  readonly body: Json;
  /** Paths of the values that the vendor's reader would refuse. Those values stay as they were sent. */
  readonly unbound: readonly Path[];
  readonly tolerated: readonly Warning[];
  /** Ledger rows that explain each tolerated value and each refused null. */
  readonly rows: ReadonlySet<WebApiRow>;
};

/** Returns a body that is not an object unchanged. */
export function bindModel(body: Json, source: Source, model: Model): BoundModel {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return { body, unbound: [], tolerated: [], rows: new Set() };
  }
  const bound: JsonObject = {};
  const unbound: Path[] = [];
  const tolerance = createTolerance();

  function bindAt(path: Path, raw: Json, target: Target): Json {
    const found = bindValue(source, raw, target);
    if (!found) {
      if (raw === null) tolerance.rows.add('NULLABLE');
      unbound.push(path);
      return raw;
    }
    if (found.tolerated) {
      const { keyword, wanted } = found.tolerated;
      const message = `${shorten(JSON.stringify(raw))} is not ${wanted}, as the docs require; the vendor accepts it.`;
      const row = target.type === 'date' ? 'DATE-FORMS' : 'VALUE-FORMS';
      tolerance.add(path, keyword, message, row);
    }
    return found.value;
  }

  function bindList(field: Field, raw: Json): Json {
    const item: Target = { type: field.type, isNullable: field.type === 'text' };
    if (Array.isArray(raw)) {
      return raw.map((each, index) =>
        source === 'form' && typeof each === 'string' && each.trim() === ''
          ? blankFormItem(field.type)
          : bindAt([field.name, index], each, item),
      );
    }
    if (raw === null) return null;
    if (raw !== '') {
      unbound.push([field.name]);
      return raw;
    }
    const message = '"" is not a list, as the docs require; the vendor reads it as null.';
    tolerance.add([field.name], 'type', message, 'VALUE-FORMS');
    return null;
  }

  for (const [name, raw] of Object.entries(body)) {
    const field = model.find(name);
    if (field) bound[name] = field.isList ? bindList(field, raw) : bindAt([name], raw, field);
  }
  return { body: bound, unbound, tolerated: tolerance.list(), rows: tolerance.rows };
}
