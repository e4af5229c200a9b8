"""The yearly report as a PDF: A4 across, the table's head and a page number on every page, group sums in bold."""

from fpdf import FPDF
from fpdf.fonts import FontFace

from kiosk import fonts
from kiosk.approval.year import HEAD, YearReport, table

WIDTHS = (29, 62, 13, 13, 13, 15, 15, 15, 18, 14, 14, 17, 13, 13, 15)
"""Of the columns, in mm."""
GREY, RULE = (235, 238, 238), (170, 176, 176)
HEADINGS = {"法定工作日": "法定\n工作日", "承诺工作日": "承诺\n工作日", "实际平均工作日": "实际平均\n工作日"}
"""Where a long heading is broken: not before its last character."""


class _Sheets(FPDF):
    """Pages with their number at the foot."""

    def footer(self) -> None:
        self.set_y(-10)
        self.set_font("SC", "", 8)
        self.cell(0, 5, f"第 {self.page_no()} 页，共 {{nb}} 页", align="C")


def year_pdf(report: YearReport, *, sample: bool) -> bytes:
    """The report as a file. Raises SetupError when the typefaces are not there."""
    pdf = _Sheets(orientation="landscape", format="A4")
    title = f"{report.year}年度行政许可实施情况统计表"
    pdf.set_title(title)
    pdf.set_lang("zh-CN")
    pdf.set_margins(10, 12)
    pdf.set_auto_page_break(True, 13)
    pdf.set_draw_color(*RULE)
    for style, bold in (("", False), ("B", True)):
        pdf.add_font("SC", style, str(fonts.face("zh_CN", bold=bold)))
    pdf.add_page()
    pdf.set_font("SC", "B", 16)
    pdf.cell(0, 9, title, align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.set_font("SC", "", 8)
    note = "示例目录数据。" if sample else ""
    pdf.cell(0, 5, f"{note}工作日按国务院节假日安排计算（含调休）。", align="C", new_x="LMARGIN", new_y="NEXT")
    pdf.ln(2)
    _set(pdf, table(report))
    return bytes(pdf.output())


def _set(pdf: FPDF, rows: list[tuple[str, ...]]) -> None:
    bold = FontFace(emphasis="BOLD", fill_color=GREY)
    with pdf.table(
        col_widths=WIDTHS,
        headings_style=bold,
        line_height=3.9,
        text_align=("LEFT", "LEFT", *["RIGHT"] * 13),
        padding=(0.35, 1.2),
        borders_layout="HORIZONTAL_LINES",
    ) as sheet:
        sheet.row([HEADINGS.get(name, name) for name in HEAD])
        for row in rows:
            sheet.row(row, style=bold if row[1] in ("小计", "") else None)
