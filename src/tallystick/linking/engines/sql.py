"""Hold the one join that DuckDB and Spark both run."""

__all__ = ["JOIN"]

# blocks(key, record, probe): two records meet if a key is theirs both and one of them probes;
# ``times`` says by how many keys.
JOIN = """
SELECT a.record AS one, b.record AS other, LEAST(COUNT(*), 255) AS times
FROM blocks a JOIN blocks b ON a.key = b.key
WHERE a.record < b.record AND (a.probe = 1 OR b.probe = 1)
GROUP BY a.record, b.record
"""
