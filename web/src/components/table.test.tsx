import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Table } from './table.tsx';

const markup = renderToStaticMarkup(
  <Table
    label="Members"
    rows={[{ id: '1', name: 'Ana', role: 'Owner', email: 'ana@example.com' }]}
    rowKey={(row) => row.id}
    columns={[
      { key: 'name', label: 'Name', heading: true, renderCell: (row) => row.name },
      { key: 'role', label: 'Role', renderCell: (row) => row.role },
      { key: 'email', label: 'E-mail', free: true, renderCell: (row) => row.email },
      { key: 'joined', label: 'Joined', whole: true, renderCell: () => 'Nov 21, 2026' },
      { key: 'acts', label: 'Actions', controls: true, renderCell: () => 'Remove' },
    ]}
  />,
);

test('a table keeps its roles when it is displayed as blocks', () => {
  const roles = [...markup.matchAll(/role="([a-z]+)"/g)].map(([, role]) => role);
  expect(roles).toEqual(['table', 'rowgroup', 'row', 'columnheader', 'columnheader', 'columnheader', 'columnheader', 'columnheader', 'rowgroup', 'row', 'rowheader', 'cell', 'cell', 'cell', 'cell']);
});

test('the label beside a value in the narrow form is not read twice', () => {
  expect(markup).toMatch(/<span aria-hidden="true"[^>]*>Role<\/span>/);
});

test('one long word of somebody may be broken in the wide form, a word of ours may not', () => {
  const cellOf = (text: string): string => new RegExp(`<div class="([^"]*)">${text}`).exec(markup)?.[1] ?? '';
  expect(cellOf('ana@example.com')).not.toContain('@2xl:wrap-break-word');
  expect(cellOf('Owner')).toContain('@2xl:wrap-break-word');
});

test('a column of controls has a name that is heard and not seen', () => {
  expect(markup).toContain('<span class="sr-only">Actions</span>');
});
