/** One click for what often goes wrong. */
import { useId, useState } from 'react';
import type { Override, PresetName } from '../../control-api/control-api.ts';
import { useVendors } from '../api/use-queries.ts';
import { Select } from '../parts/select.tsx';
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
        <Select
          id={`${id}-vendor`}
          value={vendor}
          options={[
            ['', 'every vendor'],
            ...(data?.vendors ?? []).map(({ name, title }) => [name, title] as const),
          ]}
          onChange={setVendor}
        />
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
