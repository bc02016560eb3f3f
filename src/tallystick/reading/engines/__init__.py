"""Hold what may stand beside the reader: a model that proposes, machines that share the work.

Nothing here is needed to read, and nothing here is imported unless it is asked for.
"""
