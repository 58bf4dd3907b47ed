"""Where everything stands: measure, graph, engine, pack, route, arrange."""
