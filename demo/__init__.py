"""The invented newsroom: pages, server and truth of `odjek run --demo`."""
