"""librime's C interface (rime_api.h of librime 1.8) by ctypes: structures, and the functions with their types.

Standard library only: the engine's process imports it.
"""

from collections.abc import Callable
from ctypes import CDLL, CFUNCTYPE, POINTER, Structure, c_char_p, c_int, c_size_t, c_void_p, sizeof
from pathlib import Path
from typing import Any, TypeVar

LIBRARY = "librime.so.1"
SHARED = Path("/usr/share/rime-data")
BACKSPACE = 0xFF08  # XK_BackSpace of X11/keysymdef.h
SILENT = 3  # glog's level FATAL
TYPING, BUILDING = "default", "deployer"
"""librime's groups of modules: the first has no plug-ins and nothing that stores."""


class Traits(Structure):
    """RimeTraits."""

    _fields_ = [
        ("data_size", c_int),
        ("shared_data_dir", c_char_p),
        ("user_data_dir", c_char_p),
        ("distribution_name", c_char_p),
        ("distribution_code_name", c_char_p),
        ("distribution_version", c_char_p),
        ("app_name", c_char_p),
        ("modules", POINTER(c_char_p)),
        ("min_log_level", c_int),
        ("log_dir", c_char_p),
        ("prebuilt_data_dir", c_char_p),
        ("staging_dir", c_char_p),
    ]


class Composition(Structure):
    """RimeComposition."""

    _fields_ = [
        ("length", c_int),
        ("cursor_pos", c_int),
        ("sel_start", c_int),
        ("sel_end", c_int),
        ("preedit", c_char_p),
    ]


class Candidate(Structure):
    """RimeCandidate."""

    _fields_ = [("text", c_char_p), ("comment", c_char_p), ("reserved", c_void_p)]


class Menu(Structure):
    """RimeMenu."""

    _fields_ = [
        ("page_size", c_int),
        ("page_no", c_int),
        ("is_last_page", c_int),
        ("highlighted", c_int),
        ("num_candidates", c_int),
        ("candidates", POINTER(Candidate)),
        ("select_keys", c_char_p),
    ]


class Context(Structure):
    """RimeContext."""

    _fields_ = [
        ("data_size", c_int),
        ("composition", Composition),
        ("menu", Menu),
        ("commit_text_preview", c_char_p),
        ("select_labels", POINTER(c_char_p)),
    ]


class Commit(Structure):
    """RimeCommit."""

    _fields_ = [("data_size", c_int), ("text", c_char_p)]


class CandidateList(Structure):
    """RimeCandidateListIterator."""

    _fields_ = [("ptr", c_void_p), ("index", c_int), ("candidate", Candidate)]


SELECT_CANDIDATE = 71
"""The place of select_candidate in the table of functions (RimeApi); it has no symbol of its own."""


class Api(Structure):
    """RimeApi, as far as it is used; the table only ever grows at its end."""

    _fields_ = [("data_size", c_int), ("functions", c_void_p * (SELECT_CANDIDATE + 1))]


S = TypeVar("S", bound=Structure)


def sized(kind: type[S]) -> S:
    """A structure of this kind that says how long it is (RIME_STRUCT_INIT)."""
    made = kind()
    made.data_size = sizeof(kind) - sizeof(c_int)
    return made


_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "RimeSetup": (None, [POINTER(Traits)]),
    "RimeInitialize": (None, [POINTER(Traits)]),
    "RimeDeployerInitialize": (None, [POINTER(Traits)]),
    "RimeFinalize": (None, []),
    "RimeDeployWorkspace": (c_int, []),
    "RimeCreateSession": (c_size_t, []),
    "RimeDestroySession": (c_int, [c_size_t]),
    "RimeSelectSchema": (c_int, [c_size_t, c_char_p]),
    "RimeGetCurrentSchema": (c_int, [c_size_t, c_char_p, c_size_t]),
    "RimeSetOption": (None, [c_size_t, c_char_p, c_int]),
    "RimeProcessKey": (c_int, [c_size_t, c_int, c_int]),
    "RimeClearComposition": (None, [c_size_t]),
    "RimeGetContext": (c_int, [c_size_t, POINTER(Context)]),
    "RimeFreeContext": (c_int, [POINTER(Context)]),
    "RimeGetCommit": (c_int, [c_size_t, POINTER(Commit)]),
    "RimeFreeCommit": (c_int, [POINTER(Commit)]),
    "RimeCandidateListBegin": (c_int, [c_size_t, POINTER(CandidateList)]),
    "RimeCandidateListNext": (c_int, [POINTER(CandidateList)]),
    "RimeCandidateListEnd": (None, [POINTER(CandidateList)]),
    "rime_get_api": (POINTER(Api), []),
}


def load(library: str = LIBRARY) -> CDLL:
    """The library with every function's types told. Raises OSError where it is not installed, AttributeError where it is
    another library."""
    loaded = CDLL(library)
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(loaded, name)
        function.restype, function.argtypes = result, arguments
    return loaded


def select_candidate(library: CDLL) -> Callable[[int, int], int]:
    """RimeApi.select_candidate(session, index among all candidates)."""
    address = library.rime_get_api().contents.functions[SELECT_CANDIDATE]
    return CFUNCTYPE(c_int, c_size_t, c_size_t)(address)


def traits(folder: Path, modules: str = TYPING, shared: Path = SHARED) -> Traits:
    """Where data is and that nothing is logged. `folder`: the built dictionaries."""
    made = sized(Traits)
    made.shared_data_dir, made.user_data_dir = bytes(shared), bytes(folder)
    made.prebuilt_data_dir, made.staging_dir = bytes(shared / "build"), bytes(folder / "build")
    made.distribution_name = made.distribution_code_name = b"bianmin"
    made.distribution_version, made.app_name = b"1", b"rime.bianmin"
    made.min_log_level, made.log_dir = SILENT, b""
    made.modules = (c_char_p * 2)(modules.encode(), None)
    return made
