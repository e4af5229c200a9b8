"""The centre's answers as the contract's models; one that does not fit is CentreRefused("not-understood")."""

from typing import TypeVar

from pydantic import BaseModel, ValidationError

from kiosk.centre.http import Answer, problem_of
from kiosk.contract.cases import MaterialsMissing
from kiosk.errors import CentreRefused, FilesMissing

Model = TypeVar("Model", bound=BaseModel)


def read(model: type[Model], answer: Answer) -> Model:
    """The answer. Raises CentreRefused where it is a conflict, FilesMissing where files are missing."""
    accepted(answer)
    return fitted(model, answer.body)


def accepted(answer: Answer) -> None:
    """Raises CentreRefused, or FilesMissing, for a conflict (409)."""
    if answer.status != 409:
        return
    code, detail = problem_of(answer)
    if code == "materials-missing":
        raise FilesMissing(fitted(MaterialsMissing, answer.body).missing)
    raise CentreRefused(code, detail)


def fitted(model: type[Model], body: bytes) -> Model:
    """JSON as a model. Raises CentreRefused("not-understood")."""
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        raise not_understood(error) from error


def not_understood(error: ValidationError) -> CentreRefused:
    """The rule that was broken and where, never the value: it may be personal."""
    first = error.errors(include_input=False, include_url=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the whole"
    return CentreRefused("not-understood", f"the centre's answer is not understood at {where}: {first['type']}")
