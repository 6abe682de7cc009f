/** Asks for the name and the scenario of a new sandbox. */
import { useId, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/session.tsx';
import { Dialog } from './dialog.tsx';
import { useToasts } from './toasts.tsx';

export function NewSandbox({
  isOpen,
  onClose,
  onCreated,
}: {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly onCreated: (name: string) => void;
}) {
  const api = useApi();
  const id = useId();
  const { attempt } = useToasts();
  const { data } = useQuery({
    queryKey: ['scenarios'],
    queryFn: () => api.listScenarios(),
    enabled: isOpen,
  });
  const [name, setName] = useState('');
  const [scenario, setScenario] = useState('');
  // A scenario with parameters needs values for them; a provider state gives them.
  const scenarios = data?.scenarios.filter(
    ({ fault, parameters }) => !fault && parameters.length === 0,
  );
  const create = async () => {
    const made = await attempt(
      () => api.startSandbox(name, scenario === '' ? {} : { scenario }),
      () => ({ text: `${name} was created.` }),
    );
    if (!made) return;
    onClose();
    onCreated(name);
  };
  return (
    <Dialog title="New sandbox" isOpen={isOpen} onClose={onClose}>
      <form
        className="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void create();
        }}
      >
        <div className="field">
          <label htmlFor={`${id}-name`}>Name</label>
          <input
            id={`${id}-name`}
            className="input"
            autoFocus
            required
            pattern="[a-z0-9][a-z0-9\-]{0,63}"
            title="1 to 64 of a-z, 0-9 and -, not starting with -"
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <span className="hint">
            a-z, 0-9 and -. An existing sandbox of this name is started over.
          </span>
        </div>
        <div className="field">
          <label htmlFor={`${id}-scenario`}>Scenario</label>
          <select
            id={`${id}-scenario`}
            className="select"
            value={scenario}
            onChange={(event) => setScenario(event.target.value)}
          >
            <option value="">The server’s own</option>
            {scenarios?.map((each) => (
              <option key={each.name} value={each.name}>
                {each.name}
              </option>
            ))}
          </select>
        </div>
        <div className="dialog-actions">
          <button className="button" type="button" onClick={onClose}>
            Cancel
          </button>
          <button className="button primary" type="submit">
            Create
          </button>
        </div>
      </form>
    </Dialog>
  );
}
