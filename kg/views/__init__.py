"""The graph for people: network and page."""
