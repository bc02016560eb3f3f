"""Hold the one join that every engine runs."""

__all__ = ["JOIN"]

# blocks(key, record, probe): two records meet if a key is theirs both and one of them probes.
JOIN = """
SELECT DISTINCT a.record AS first, b.record AS second
FROM blocks a JOIN blocks b ON a.key = b.key
WHERE a.record < b.record AND (a.probe = 1 OR b.probe = 1)
"""
