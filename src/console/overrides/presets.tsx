/** One click for what often goes wrong. */
import { useId, useState } from 'react';
import type { Override, PresetName } from '../../control-api/control-api.ts';
import { useVendors } from '../api/use-queries.ts';
import { presets } from './choices.ts';

export function Presets({ onAdd }: { readonly onAdd: (override: Override) => void }) {
  const id = useId();
  const { data } = useVendors();
  const [vendor, setVendor] = useState('');
  return (
    <section aria-labelledby={`${id}-title`}>
      <div className="presets-head">
        <h2 id={`${id}-title`}>Presets</h2>
        <label className="soft" htmlFor={`${id}-vendor`}>
          for
        </label>
        <select
          id={`${id}-vendor`}
          className="select"
          value={vendor}
          onChange={(event) => setVendor(event.target.value)}
        >
          <option value="">every vendor</option>
          {data?.vendors.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <div className="presets">
        {Object.entries(presets).map(([name, text]) => (
          <button
            key={name}
            className="preset"
            type="button"
            onClick={() =>
              onAdd({
                ...(vendor !== '' && { vendor }),
                effect: { preset: name as PresetName },
              })
            }
          >
            <strong>{name}</strong>
            <span className="soft">{text}</span>
          </button>
        ))}
      </div>
    </section>
  );
}
