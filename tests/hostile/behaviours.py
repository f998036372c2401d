"""All behaviours, in the order in which a page meets what they break."""

from tests.hostile import clocks, documents, feeds, listings, redirects, sitemaps, transport, walls
from tests.hostile.site import sites_of

MODULES = (transport, redirects, sitemaps, feeds, listings, walls, documents, clocks)
SITES = {site.slug: site for module in MODULES for site in sites_of(module)}
