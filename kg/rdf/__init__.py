"""The graph as RDF: data set, queries, shapes, exports."""
