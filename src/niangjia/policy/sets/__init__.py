"""Set-based runs of a compiled policy: one SQL text for DuckDB, Spark and PostgreSQL, simulations, the two
commands.

It reads archives (CSV, Parquet, tables, streamed rows) and writes results; it decides nothing itself: `ir`
does.
"""
