"""Spreadsheets: XLSX and XLS, a part for each sheet; and how a sheet is written, for others."""

from ingest.sheets.empty import refuse_if_empty
from ingest.sheets.number_formats import general, shown
from ingest.sheets.read_xlsx import read
from ingest.sheets.sheet import Sheet, cell_name
from ingest.sheets.write_sheet import write_sheet

__all__ = ["Sheet", "cell_name", "general", "read", "refuse_if_empty", "shown", "write_sheet"]
