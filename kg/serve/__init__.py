"""The graph over HTTP: the page, a SPARQL endpoint, a query editor and a page for each thing, read-only.

Three kinds of process: the server (asyncio, no graph in it), one that holds the graph and does nothing but fork, and
its forks, the workers: they answer, one question at a time, and are ended where they take too long or too much.
"""
