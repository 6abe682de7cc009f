/** Shown where the control API refuses the page: asks for the token, or says what helps. */
import { useState } from 'react';
import { messageOf } from '../../errors.ts';
import { codeOf, useSession } from '../api/session.tsx';

export function Refused({ error }: { readonly error: unknown }) {
  const { hasToken } = useSession();
  return (
    <div className="page">
      <div className="empty">
        {codeOf(error) === 'unauthenticated' ? (
          <AskToken isWrong={hasToken} />
        ) : (
          <>
            <h2>This page has no access to the control API</h2>
            <p>{messageOf(error)}</p>
          </>
        )}
      </div>
    </div>
  );
}

function AskToken({ isWrong }: { readonly isWrong: boolean }) {
  const { signIn } = useSession();
  const [token, setToken] = useState('');
  return (
    <form
      className="empty"
      onSubmit={(event) => {
        event.preventDefault();
        signIn(token.trim());
      }}
    >
      <h2>The server wants its control token</h2>
      <p>
        It is the value of <code>--control-token</code> or <code>LICENSE_MOCK_CONTROL_TOKEN</code>.
        In a container without one, the log shows the token that was made at the start. This tab
        keeps it until it is closed.
      </p>
      <div className="field">
        <label htmlFor="token">Token</label>
        <input
          id="token"
          className="input"
          type="password"
          autoComplete="off"
          autoFocus
          required
          value={token}
          aria-describedby={isWrong ? 'token-error' : undefined}
          onChange={(event) => setToken(event.target.value)}
        />
        {isWrong && (
          <p id="token-error" className="error" role="alert">
            The server refused this token.
          </p>
        )}
      </div>
      <div>
        <button className="button primary" type="submit">
          Continue
        </button>
      </div>
    </form>
  );
}
