"""The steps of the database's schema, oldest first, run by `ssa.catalogue.schema` when a database is opened."""
