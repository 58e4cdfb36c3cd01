DROP INDEX calculation_unfinished;
