"""The table of complaints."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from kiosk.approval.tables import Base


class ComplaintRow(Base):
    """Somebody complained about how a case was handled. `justified` None until staff have looked into it (有效投诉)."""

    __tablename__ = "complaints"

    id: Mapped[int] = mapped_column(primary_key=True)
    sub_case: Mapped[str] = mapped_column(ForeignKey("sub_cases.number"), index=True)
    received_at: Mapped[datetime]
    justified: Mapped[bool | None]
