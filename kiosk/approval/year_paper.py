"""The yearly report as a PDF: A4 across, the table's head on every page, group sums in bold."""

from fpdf import FPDF
from fpdf.fonts import FontFace

from kiosk import fonts
from kiosk.approval.year import HEAD, YearReport, table

WIDTHS = (26, 62, 13, 13, 13, 13, 13, 13, 16, 14, 14, 17, 13, 13, 13)
"""Of the columns, in mm."""
GREY = (235, 238, 238)


def year_pdf(report: YearReport, *, sample: bool) -> bytes:
    """The report as a file. Raises SetupError when the typefaces are not there."""
    pdf = FPDF(orientation="landscape", format="A4")
    title = f"{report.year}年度行政许可实施情况统计表"
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.set_margins(10, 12)
    for style, bold in (("", False), ("B", True)):
        pdf.add_font("SC", style, str(fonts.face("zh_CN", bold=bold)))
    pdf.add_page()
    pdf.set_font("SC", "B", 16)
    pdf.cell(0, 9, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("SC", "", 8)
    note = "示例目录数据。" if sample else ""
    pdf.cell(0, 5, f"{note}工作日按国务院节假日安排计算（含调休）。", align="C", new_x="LMARGIN", new_y="NEXT")
    _set(pdf, table(report))
    return bytes(pdf.output())


def _set(pdf: FPDF, rows: list[tuple[str, ...]]) -> None:
    bold = FontFace(emphasis="BOLD", fill_color=GREY)
    with pdf.table(
        col_widths=WIDTHS,
        headings_style=bold,
        line_height=4.4,
        text_align=("LEFT", "LEFT", *["RIGHT"] * 13),
        padding=0.6,
    ) as sheet:
        sheet.row(HEAD)
        for row in rows:
            sheet.row(row, style=bold if row[1] in ("小计", "") else None)
