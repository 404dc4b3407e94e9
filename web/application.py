"""The whole site on one screen: what stands before every request, and where each goes."""

import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from web import downloads, editing, static_files
from web.api import routes as api
from web.charts import files as charts
from web.explaining import Explaining
from web.failing import KNOWN, Failures, failed
from web.pages import organizations, papers, people, places, search, types
from web.pages.about import about
from web.pages.activities import activities
from web.pages.article import article, why
from web.pages.home import home
from web.pages.page import page
from web.pages.pivot import pivot
from web.reading import Reading
from web.security.headers import SecurityHeaders
from web.security.hosts import KnownHosts
from web.security.password import Password
from web.settings import Settings

ROUTES = (
    Route("/", home),
    Route("/activities", activities),
    Route("/pivot", pivot),
    Route("/charts/months.json", charts.months),
    Route("/charts/months.csv", charts.months_table),
    Route("/charts/pivot.json", charts.heat),
    Route("/charts/pivot.csv", charts.heat_table),
    Route("/about", about),
    Route("/articles/{id}", article),
    Route("/articles/{id}/why", why),
    Route("/pages/{number:int}", page),
    Route("/search", search.found),
    Route("/places", places.listed),
    Route("/places/{code}", places.portrait),
    Route("/places/{type}/{name:path}", places.portrait),
    Route("/organizations", organizations.listed),
    Route("/organizations/{name:path}", organizations.portrait),
    Route("/people", people.listed),
    Route("/people/{name:path}", people.portrait),
    Route("/types", types.listed),
    Route("/types/{type}", types.portrait),
    Route("/papers", papers.listed),
    Route("/papers/{name:path}/issues/{day}", papers.issue),
    Route("/papers/{name:path}", papers.paper),
    # pages: Route("/PATH", handler); changes: csrf.change("/PATH", handler)
    *downloads.routes(),
    *api.routes(),
    Route("/static/{name}", static_files.serve),
)


def create_app(settings: Settings) -> Starlette:
    """The site over one archive."""
    reading = Reading(settings.archive, settings.limits)
    desk = editing.desk(settings)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        if desk:
            desk.open()
        yield
        if desk:
            desk.close()
        reading.close()

    app = Starlette(
        routes=(*ROUTES, *(editing.routes() if settings.edit else ())),
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(Failures),
            Middleware(RequestBodyLimitMiddleware, settings.limits.body),
            Middleware(KnownHosts, settings.hosts, settings.by_number, settings.limits.query),
            Middleware(Password, settings),
            Middleware(GZipMiddleware, minimum_size=2000, compresslevel=4),
        ],
        exception_handlers=dict.fromkeys(KNOWN, failed),
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.reading = reading
    app.state.explaining = Explaining(settings.explain)
    app.state.downloads = threading.BoundedSemaphore(settings.limits.downloads)
    app.state.desk = desk
    return app
