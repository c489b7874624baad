-- Holds the number 0007 for a migration that is made beside this one; goes when that arrives.
SELECT 1;
