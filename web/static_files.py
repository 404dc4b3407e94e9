"""Styles and scripts: our own and Plotly's, under addresses that change with their bytes: browsers may keep them."""

import hashlib
import re
from functools import cache
from importlib.resources import files
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, Response

FOLDER = Path(__file__).parent / "static"
PLOTLY = "plotly.min.js"
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
KEPT = "public, max-age=31536000, immutable"
_OWN_STYLE = re.compile(r'getElementById\("([0-9a-f]{64})"\)')


def versioned(name: str) -> str:
    """The address of a static file, with a digest of its bytes: /static/style.css?v=1a2b3c4d."""
    return f"/static/{name}?v={_digest(name)}"


@cache
def everything() -> dict[str, Path]:
    """The static files by name; what is not in here cannot be asked for."""
    found = {path.name: path for path in sorted(FOLDER.iterdir()) if path.suffix in TYPES}
    return found | {PLOTLY: Path(str(files("plotly"))) / "package_data" / PLOTLY}


@cache
def plotly_style() -> str:
    """The id of the element that Plotly puts the style of its maps in, unless it is there (static/chart.js)."""
    found = _OWN_STYLE.search(everything()[PLOTLY].read_text("utf-8"))
    return found[1] if found else ""


def serve(request: Request) -> Response:
    """/static/NAME."""
    name = request.path_params["name"]
    path = everything().get(name)
    if path is None:
        raise HTTPException(404)
    media = f"{TYPES[path.suffix]}; charset=utf-8"
    kept = KEPT if request.query_params.get("v") == _digest(name) else "no-cache"
    return FileResponse(path, headers={"Cache-Control": kept}, media_type=media)


@cache
def _digest(name: str) -> str:
    return hashlib.sha256(everything()[name].read_bytes()).hexdigest()[:8]
