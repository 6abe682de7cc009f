/** A button that opens a menu. */
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

export type MenuEntry = {
  readonly id: string;
  readonly label: string;
  readonly hint?: string;
};

export function MenuButton({
  label,
  entries,
  onAction,
}: {
  readonly label: string;
  readonly entries: readonly MenuEntry[];
  readonly onAction: (id: string) => void;
}) {
  return (
    <MenuTrigger>
      <Button className="button">
        {label} <span aria-hidden="true">▾</span>
      </Button>
      <Popover className="popover">
        <Menu className="menu" items={entries} onAction={(key) => onAction(String(key))}>
          {({ id, label: text, hint }) => (
            <MenuItem key={id} id={id} className="menu-item" textValue={text}>
              {text}
              {hint !== undefined && <span className="hint">{hint}</span>}
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
