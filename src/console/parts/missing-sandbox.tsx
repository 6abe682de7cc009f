/** Shown for a sandbox that is not there: it was removed, or nobody has used it yet. */
import { useApi } from '../api/session.tsx';
import { useToasts } from './toasts.tsx';

export function MissingSandbox({ name }: { readonly name: string }) {
  const api = useApi();
  const { attempt } = useToasts();
  return (
    <div className="page">
      <div className="empty">
        <h2>There is no sandbox {name}</h2>
        <p>It was removed, or nobody has used it yet. The first request to it creates it.</p>
        <div>
          <button
            className="button primary"
            type="button"
            onClick={() => void attempt(() => api.startSandbox(name, {}))}
          >
            Create it now
          </button>
        </div>
      </div>
    </div>
  );
}
