/** Converts every value of a decoded body to the type of its field. */
import { isJsonObject, type Json, type JsonObject } from '../../messages/json.ts';
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

  function bindList(path: Path, field: Field, raw: Json): Json {
    if (Array.isArray(raw)) {
      return raw.map((each, index) =>
        source === 'form' && typeof each === 'string' && each.trim() === ''
          ? blankFormItem(field.type)
          : bindItem([...path, index], field, each),
      );
    }
    if (raw === null) return null;
    if (raw !== '') {
      unbound.push(path);
      return raw;
    }
    const message = '"" is not a list, as the docs require; the vendor reads it as null.';
    tolerance.add(path, 'type', message, 'VALUE-FORMS');
    return null;
  }

  /** Binds one item of a list or a map. */
  function bindItem(path: Path, field: Field, raw: Json): Json {
    const { type, of, names } = field;
    if (of && isJsonObject(raw)) return bindClass(path, of, raw);
    const isNullable = type === 'text' || type === 'value' || type === 'class';
    return bindAt(path, raw, { type, isNullable, ...(names && { names }) });
  }

  function bindMap(path: Path, field: Field, raw: Json): Json {
    if (!isJsonObject(raw)) return bindAt(path, raw, { type: 'class', isNullable: true });
    return mapEntries(raw, (name, value) => bindItem([...path, name], field, value));
  }

  function bindClass(path: Path, of: Model, values: JsonObject): JsonObject {
    return mapEntries(values, (name, raw) => {
      const field = of.find(name);
      return field ? bindField([...path, name], field, raw) : raw;
    });
  }

  function bindField(path: Path, field: Field, raw: Json): Json {
    if (field.isMap === true) return bindMap(path, field, raw);
    return field.isList ? bindList(path, field, raw) : bindAt(path, raw, field);
  }

  for (const [name, raw] of Object.entries(body)) {
    const field = model.find(name);
    if (field) bound[name] = bindField([name], field, raw);
  }
  return { body: bound, unbound, tolerated: tolerance.list(), rows: tolerance.rows };
}

/** Also creates a property for a name like __proto__. */
function mapEntries(values: JsonObject, change: (name: string, value: Json) => Json): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, change(name, value)]),
  );
}
