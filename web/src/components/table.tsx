import type { ReactNode } from 'react';
import { classNames } from '../lib/class-names.ts';

export interface Column<Row> {
  key: string;
  label: string;
  renderCell: (row: Row) => ReactNode;
  /** Names the row for assistive technology; one column of a table has it. */
  heading?: boolean;
  /** Holds controls: no visible label of its own; in the narrow form it stands in line with the heading. */
  controls?: boolean;
  /** Short, and hard to read when broken: one line where the table is wide enough for it. */
  whole?: boolean;
  /** Written by people: of any length, and perhaps one long word, which must not push the table out of the page. */
  free?: boolean;
}

interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
}

/**
 * A real table. Where its place is narrower than 672 px each row is a block of labels and values; the roles are
 * written out because browsers drop a table's own when its parts are displayed as blocks.
 */
export function Table<Row>({ label, columns, rows, rowKey }: TableProps<Row>) {
  return (
    <div className="@container">
      <table role="table" aria-label={label} className="block w-full border-t border-hairline text-start @2xl:table">
        <thead role="rowgroup" className="sr-only @2xl:not-sr-only @2xl:table-header-group">
          <tr role="row" className="@2xl:table-row">
            {columns.map((column) => (
              <th key={column.key} role="columnheader" scope="col" className={headLook}>
                {column.controls ? <span className="sr-only">{column.label}</span> : column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup" className="block @2xl:table-row-group">
          {rows.map((row) => (
            <tr key={rowKey(row)} role="row" className="grid grid-cols-[minmax(0,1fr)_auto] border-b border-hairline py-3 @2xl:table-row">
              {columns.map((column) => (
                <Cell key={column.key} column={column} row={row} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const headLook = 'border-b border-hairline px-2 py-2 text-start align-bottom text-12 font-regular text-muted first:ps-0 last:pe-0';

const cellLook =
  'py-1 text-start font-regular @2xl:table-cell @2xl:px-2 @2xl:py-2 @2xl:align-middle @2xl:first:ps-0 @2xl:last:pe-0';

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  if (column.heading) {
    return (
      <th role="rowheader" scope="row" className={classNames(cellLook, 'row-start-1 wrap-anywhere @2xl:min-w-40')}>
        {column.renderCell(row)}
      </th>
    );
  }
  if (column.controls) {
    return (
      <td role="cell" className={classNames(cellLook, 'col-start-2 row-start-1 ms-2 whitespace-nowrap @2xl:text-end')}>
        {column.renderCell(row)}
      </td>
    );
  }
  return (
    <td role="cell" className={classNames(cellLook, 'col-span-2 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] items-baseline gap-2', column.whole && '@3xl:whitespace-nowrap')}>
      <span aria-hidden className="text-13 text-muted @2xl:hidden">
        {column.label}
      </span>
      <div className={classNames('min-w-0 wrap-anywhere', column.free ? '@2xl:min-w-28' : '@2xl:wrap-break-word')}>{column.renderCell(row)}</div>
    </td>
  );
}
