import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface Column<Row> {
  key: string;
  label: string;
  renderCell: (row: Row) => ReactNode;
  /** Names the row for assistive technology; one column of a table has it. */
  heading?: boolean;
  /** Holds controls: no visible label of its own in the narrow form. */
  controls?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/**
 * A real table. Below 768 px each row is a block of label and value; the roles are written out because
 * browsers drop a table's own when its parts are displayed as blocks.
 */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <table role="table" aria-label={label} className="block w-full border-t border-hairline text-start md:table">
      <thead role="rowgroup" className="sr-only md:not-sr-only md:table-header-group">
        <tr role="row" className="md:table-row">
          {columns.map((column) => (
            <th
              key={column.key}
              role="columnheader"
              scope="col"
              className="border-b border-hairline px-2 py-2 text-start text-12 font-regular text-muted first:ps-0 last:pe-0"
            >
              {column.controls ? <span className="sr-only">{column.label}</span> : column.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup" className="block md:table-row-group">
        {rows.map((row) => (
          <tr key={rowKey(row)} role="row" className="block border-b border-hairline py-3 md:table-row">
            {columns.map((column) => (
              <Cell key={column.key} column={column} row={row} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const Tag = column.heading ? 'th' : 'td';
  return (
    <Tag
      role={column.heading ? 'rowheader' : 'cell'}
      scope={column.heading ? 'row' : undefined}
      className={classNames(
        'block py-1 text-start font-regular md:table-cell md:px-2 md:py-2 md:align-middle md:first:ps-0 md:last:pe-0',
        !column.heading && !column.controls && 'grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-2 md:table-cell',
        column.controls && 'md:text-end',
      )}
    >
      {!column.heading && !column.controls && (
        <span aria-hidden className="text-13 text-muted md:hidden">
          {column.label}
        </span>
      )}
      <div className="min-w-0 [overflow-wrap:anywhere]">{column.renderCell(row)}</div>
    </Tag>
  );
}
