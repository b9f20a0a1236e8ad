import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { Table } from './table.tsx';

const markup = renderToStaticMarkup(
  <Table
    label="Members"
    rows={[{ id: '1', name: 'Ana', role: 'Owner' }]}
    rowKey={(row) => row.id}
    columns={[
      { key: 'name', label: 'Name', heading: true, renderCell: (row) => row.name },
      { key: 'role', label: 'Role', renderCell: (row) => row.role },
      { key: 'acts', label: 'Actions', controls: true, renderCell: () => 'Remove' },
    ]}
  />,
);

test('a table keeps its roles when it is displayed as blocks', () => {
  const roles = [...markup.matchAll(/role="([a-z]+)"/g)].map(([, role]) => role);
  expect(roles).toEqual(['table', 'rowgroup', 'row', 'columnheader', 'columnheader', 'columnheader', 'rowgroup', 'row', 'rowheader', 'cell', 'cell']);
});

test('the label beside a value in the narrow form is not read twice', () => {
  expect(markup).toMatch(/<span aria-hidden="true"[^>]*>Role<\/span>/);
});

test('a column of controls has a name that is heard and not seen', () => {
  expect(markup).toContain('<span class="sr-only">Actions</span>');
});
